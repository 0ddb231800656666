import { formatNumber } from '../../lib/format'

/** A figure in the reader's notation; a dash where there is none. */
export const round = (value: number | null, places = 2): string =>
  value === null ? '–' : formatNumber(value, { maximumFractionDigits: places })

/** 0 to 100 as a percentage. */
export const percentWords = (value: number | null): string =>
  value === null ? '–' : formatNumber(value / 100, { style: 'percent', maximumFractionDigits: 1 })
