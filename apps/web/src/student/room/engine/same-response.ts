import { toCanonicalJson } from '@hourglass/questions/canonical'
import type { Response } from '@hourglass/questions/response'

/** Whether two answers say the same, whatever the order of their members: the server's database gives them back in its own. */
export const isSameResponse = (a: Response, b: Response): boolean => toCanonicalJson(a) === toCanonicalJson(b)
