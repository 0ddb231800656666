import type { RegradePage } from '@hourglass/grading/model'
import { api } from '../../lib/api'

/** All corrections of an exam; its questions come with each page. */
export async function loadCorrections(examId: string, signal: AbortSignal): Promise<RegradePage> {
  const path = `/api/regrades?examId=${examId}&limit=200`
  let page = await api.get<RegradePage>(path, { signal })
  const items = [...page.items]
  while (page.next !== null) {
    page = await api.get<RegradePage>(`${path}&cursor=${encodeURIComponent(page.next)}`, { signal })
    items.push(...page.items)
  }
  return { ...page, items }
}
