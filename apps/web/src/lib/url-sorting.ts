import type { Sorting } from '../parts/table'
import { createUrlText } from './url-text'

/** A table's sorting in the page's address: `?sort=name`, `?sort=-name` for descending. */
export function createUrlSorting(initial: Sorting): { sorting: () => Sorting; onSort: (sorting: Sorting) => void } {
  const [text, setText] = createUrlText('sort')
  return {
    sorting: () =>
      text() === '' ? initial : { column: text().replace(/^-/, ''), isDescending: text().startsWith('-') },
    onSort: ({ column, isDescending }) => setText(`${isDescending ? '-' : ''}${column}`),
  }
}
