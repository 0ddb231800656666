import { Problem, systemCodeOf } from './problem'

/** Throws a Problem when another program listens there. */
export function onPort<T>(option: string, port: number, start: () => T): T {
  try {
    return start()
  } catch (error) {
    const code = systemCodeOf(error)
    if (code === 'EADDRINUSE') {
      throw new Problem(`Port ${port} is taken by another program. Stop it, or choose another with ${option}.`)
    }
    if (code === 'EACCES') throw new Problem(`This user may not listen on port ${port}. Choose another with ${option}.`)
    throw error
  }
}
