import { isMeasuring } from './choice'

/**
 * What features say in passing. It stays in this page; what is made of it and sent holds no ids, see `measure.ts`. This file is in
 * every page, so it does no more than keep.
 */
export type Note =
  | [what: 'place', questionId: string, place: string]
  | [what: 'failed-save', kind: string, status: number]
  | [what: 'leave', from: string, place: Place, isSentOn: boolean]
  | [what: 'call', method: string, path: string, place: Place, startedAt: number, status: number]

/** Where in a trace something is, in hexadecimal digits; the parent is '' where there is none. */
export type Place = readonly [traceId: string, spanId: string, parentSpanId: string]
/** @param at by `performance.now()` */
export type Taker = (note: Note, at: number) => void

/** Until the measuring script is there, so many wait. */
const mostWaiting = 100

const waiting: Parameters<Taker>[] = []
let taker: Taker | null = isMeasuring()
  ? (...given) => void (waiting.length < mostWaiting && waiting.push(given))
  : null

export const note = (...given: Note): void => taker?.(given, performance.now())

/** Hands what waited and what follows to `next`; `null`: from now on nothing is noted. */
export function passNotes(next: Taker | null): void {
  taker = next
  for (const given of waiting.splice(0)) next?.(...given)
}

const hex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => (byte + 256).toString(16).slice(1)).join('')

export const newPlace = ([traceId, spanId]: readonly string[] = []): Place => [traceId ?? hex(16), hex(8), spanId ?? '']

export const firstPlace = newPlace()
/** The page that comes up, at first the one that was loaded: what is asked of the server meanwhile is a part of it. */
export const view: { place: Place | undefined } = { place: firstPlace }

/** Somebody goes to another page, or the page itself sends on. */
export function noteLeave(from: string, isSentOn: boolean): void {
  if (!isSentOn) view.place = newPlace()
  note('leave', from, view.place ?? newPlace(), isSentOn)
}

/** The header by which a request says where it is in which trace (W3C), and what notes its end; nothing where nothing is noted. */
export function beginCall(method: string, path: string) {
  if (!taker) return
  const place = newPlace(view.place)
  const startedAt = performance.now()
  return {
    headers: { traceparent: `00-${place[0]}-${place[1]}-00` },
    end: (status: number) => note('call', method, path, place, startedAt, status),
  }
}
