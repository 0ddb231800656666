import { type Window, windowMinutes } from '@hourglass/slo/burn'

// Keys of an object are strings to the compiler; these are exactly its own.
export const windows = Object.keys(windowMinutes) as Window[]

/** A record with an entry for each window. */
export function byWindow<Value>(make: (window: Window) => Value): Record<Window, Value> {
  return {
    ...{ '5m': make('5m'), '30m': make('30m'), '1h': make('1h'), '2h': make('2h') },
    ...{ '6h': make('6h'), '1d': make('1d'), '3d': make('3d'), '30d': make('30d') },
  }
}
