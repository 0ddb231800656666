/** What an older wish not to be followed is called by the browsers that still have it, and what took its place: https://www.w3.org/TR/gpc/ */
type Wishes = { doNotTrack?: string | null; globalPrivacyControl?: boolean }

export const choiceKey = 'hourglass.measurements'

/** Whether this browser asks every site not to be measured. */
export function isRefusedByBrowser(): boolean {
  const { doNotTrack, globalPrivacyControl }: Wishes = navigator
  return globalPrivacyControl === true || doNotTrack === '1'
}

/** Whether pages here measure themselves: unless the browser or the person has refused. */
export function isMeasuring(): boolean {
  try {
    return !isRefusedByBrowser() && localStorage.getItem(choiceKey) !== 'off'
  } catch {
    // Who forbids storage cannot tell us no in any other way.
    return false
  }
}
