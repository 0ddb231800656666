import type { Class } from '@hourglass/students/model'
import { createContext, useContext } from 'solid-js'

export type OpenClass = {
  /** The class of the address, always loaded. */
  value: () => Class
  /** Reads it again: the counts of its members have changed. */
  reload: () => Promise<void>
}

export const ClassContext = createContext<OpenClass>()

/** The class that the page below `/teach/classes/:id` is about. */
export function useClass(): OpenClass {
  const open = useContext(ClassContext)
  if (!open) throw new Error('useClass is called outside of a class page')
  return open
}
