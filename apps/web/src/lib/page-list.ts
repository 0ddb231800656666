import { createEffect, createMemo, on, onCleanup } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import { api } from './api'

export type PageOf<Item> = { items: Item[]; next: string | null }

type State<Item> = {
  items: Item[]
  next: string | null
  /** False until a first page came: there is nothing to show yet, not even emptiness. */
  isLoaded: boolean
  isLoading: boolean
  error: unknown
}

/** Where rows wait while a next page, or the same one again, is read. */
export type PageList<Item> = {
  readonly state: Readonly<State<Item>>
  /** Reads the first page again; what is shown stays until it is here. */
  reload: () => Promise<void>
  more: () => Promise<void>
  /** Shows a changed item in its place; one that is not listed is left out. */
  put: (item: Item) => void
  remove: (id: string) => void
}

/**
 * A list that the server gives in pages by cursor. Reads again whenever `path` changes; an older answer never overtakes a newer.
 * Rows keep their place in the document (and the focus) through a reload, since they are told apart by `id`.
 * @param path such as `/api/people?role=student`
 */
export function createPageList<Raw, Item extends { id: string }>(
  path: () => string,
  options: { toItem: (raw: Raw) => Item; limit?: number; readsAll?: boolean },
): PageList<Item> {
  const [state, setState] = createStore<State<Item>>({
    items: [],
    next: null,
    isLoaded: false,
    isLoading: true,
    error: null,
  })
  // What the path is made of may change without it: then there is nothing to read.
  const address = createMemo(path)
  let running: AbortController | undefined

  const load = async (from: { items: readonly Item[]; cursor: string | null }) => {
    running?.abort()
    running = new AbortController()
    const { signal } = running
    setState({ isLoading: true, error: null })
    try {
      let cursor = from.cursor
      const items = [...from.items]
      do {
        const page = await api.get<PageOf<Raw>>(pageAddress(address(), options.limit ?? 50, cursor), { signal })
        items.push(...page.items.map(options.toItem))
        cursor = page.next
      } while (options.readsAll && cursor !== null)
      if (signal.aborted) return
      setState('items', reconcile(items, { key: 'id' }))
      setState({ next: cursor, isLoaded: true, isLoading: false })
    } catch (error) {
      if (!signal.aborted) setState({ error, isLoading: false })
    }
  }

  createEffect(on(address, () => void load({ items: [], cursor: null })))
  onCleanup(() => running?.abort())
  return {
    state,
    reload: () => load({ items: [], cursor: null }),
    more: () => load({ items: state.items, cursor: state.next }),
    put: (item) => setState('items', (other) => other.id === item.id, reconcile<Item, Item>(item, { key: 'id' })),
    remove: (id) => setState('items', (items) => items.filter((item) => item.id !== id)),
  }
}

function pageAddress(path: string, limit: number, cursor: string | null): string {
  const query = new URLSearchParams({ limit: String(limit), ...(cursor === null ? {} : { cursor }) })
  return `${path}${path.includes('?') ? '&' : '?'}${query}`
}
