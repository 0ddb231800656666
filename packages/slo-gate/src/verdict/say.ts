/** `0.23 %`, three digits that count. */
export const sayShare = (share: number): string => `${trim(share * 100)} %`

export const sayNumber = (value: number): string => (Number.isInteger(value) ? String(value) : trim(value))

const trim = (value: number): string => String(Number(value.toPrecision(3)))

/** `3 days`, `5 hours`, `12 minutes`. */
export function saySpan(seconds: number): string {
  const [amount, unit] =
    seconds >= 2 * 86_400
      ? [seconds / 86_400, 'day']
      : seconds >= 2 * 3_600
        ? [seconds / 3_600, 'hour']
        : [seconds / 60, 'minute']
  const rounded = Math.max(1, Math.round(amount))
  return `${rounded} ${unit}${rounded === 1 ? '' : 's'}`
}

/** `2026-03-02 10:14 UTC` of seconds since 1970. */
export const sayTime = (seconds: number): string =>
  `${new Date(seconds * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
