import { createContext, useContext } from 'solid-js'

export type FormFaults = {
  /** What is wrong at an address of the draft; an empty field is blamed only once somebody has tried to save. */
  at: (path: string, typed: string) => string | null
}

export const FormFaultsContext = createContext<FormFaults>({ at: () => null })
export const useFormFaults = (): FormFaults => useContext(FormFaultsContext)
