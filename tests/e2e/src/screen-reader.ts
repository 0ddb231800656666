import type { Page } from 'playwright-core'

/** What a screen reader has of a page: the browser's accessibility tree, without what it skips. */
export type Spoken = {
  role: string
  name: string
  description: string
  properties: Record<string, unknown>
  group: string
}

type AxValue = { value?: unknown }
type AxNode = {
  nodeId: string
  parentId?: string
  ignored: boolean
  role?: AxValue
  name?: AxValue
  description?: AxValue
  properties?: { name: string; value: AxValue }[]
}

const textOf = (value: AxValue | undefined): string => String(value?.value ?? '').trim()

/** All that is spoken on a page, in order; `group` names the groups around it. */
export async function readAloud(page: Page): Promise<Spoken[]> {
  const session = await page.context().newCDPSession(page)
  // Chromium answers nodes of its protocol's type; Playwright leaves the call untyped.
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: AxNode[] }
  await session.detach()
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const groupOf = (node: AxNode): string => {
    const names: string[] = []
    for (let at = byId.get(node.parentId ?? ''); at; at = byId.get(at.parentId ?? '')) {
      const isGroup = ['group', 'radiogroup', 'dialog', 'article'].includes(textOf(at.role))
      if (isGroup && textOf(at.name)) names.push(textOf(at.name))
    }
    return names.join(' / ')
  }
  return nodes
    .filter(({ ignored }) => !ignored)
    .map((node) => ({
      role: textOf(node.role),
      name: textOf(node.name),
      description: textOf(node.description),
      properties: Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value])),
      group: groupOf(node),
    }))
}

/** From now on notes what live regions say; answers how to read it. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const regions = '[role="status"], [role="alert"], [role="log"], [aria-live="polite"], [aria-live="assertive"]'
    const note = (node: Node) => {
      const element = node instanceof Element ? node : node.parentElement
      const region = element?.closest(regions)
      const text = region?.textContent?.replace(/\s+/g, ' ').trim()
      if (text && said.at(-1) !== text) said.push(text)
    }
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        note(target)
        for (const added of addedNodes) {
          note(added)
          if (added instanceof Element) for (const inner of added.querySelectorAll(regions)) note(inner)
        }
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate('window.said.splice(0)')
}
