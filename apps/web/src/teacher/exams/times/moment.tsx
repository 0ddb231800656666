import { Time } from '../../../parts/time'

/** A moment, or what it means that there is none. */
export const moment = (at: string | null, none: string) => (at === null ? none : <Time at={at} show="absolute" />)
