import { describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { metricsOfOthers, metricsOfPage } from '../queries/known-metrics'
import { metricsOf } from '../queries/metrics-of'
import { DashboardFile, fillVariables, readQueries, usualValues, variablesIn } from '../queries/read-queries'
import { createPages, textOf } from './pages'

const repository = resolve(import.meta.dir, '../../../..')
const folder = join(repository, 'grafana/dashboards')
const built = createPages()
const pages = built.map((page) => DashboardFile.parse(JSON.parse(textOf(page))))
const queries = pages.flatMap(readQueries)

/** All names that a query may select; of a histogram its three. */
const known = (() => {
  const threeOf = (name: string) => ['_bucket', '_sum', '_count'].map((end) => name + end)
  const ours = metricsOfPage(readFileSync(join(repository, 'docs/metrics.md'), 'utf8'))
  const names = ours.flatMap(({ name, type }) => (type === 'histogram' ? threeOf(name) : [name]))
  const rules = join(repository, 'prometheus/rules')
  const recorded = readdirSync(rules).flatMap((file) =>
    [...readFileSync(join(rules, file), 'utf8').matchAll(/- record: (\S+)/g)].map(([, name = '']) => name),
  )
  expect(recorded).toContain('slo:error_budget:ratio')
  const others = Object.values(metricsOfOthers).flat()
  expect(ours.length).toBeGreaterThan(40)
  return new Set([...names, ...recorded, ...others, ...others.flatMap(threeOf)])
})()

test('the files of the repository are what the code builds: `bun run dashboards` writes them', () => {
  expect(readdirSync(folder).sort()).toEqual(built.map(({ uid }) => `${uid}.json`).sort())
  for (const page of built) {
    const isSame = readFileSync(join(folder, `${page.uid}.json`), 'utf8') === textOf(page)
    expect([page.uid, isSame]).toEqual([page.uid, true])
  }
})

test('the seven pages are there, each with an address and a title of its own', () => {
  const uids = pages.map(({ uid }) => uid)
  expect(uids.toSorted()).toEqual(['application', 'business', 'exam-room', 'infrastructure', 'logs', 'overview', 'slo'])
  expect(new Set(pages.map(({ title }) => title)).size).toBe(pages.length)
})

test('every metric in a query is one of docs/metrics.md, of a rule or of a server that we scrape', () => {
  const unknown = queries
    .filter(({ source }) => source === 'prometheus')
    .flatMap(({ place, expr }) => {
      const names = metricsOf(expr)
      expect([place, names.length > 0]).toEqual([place, true])
      return names.filter((name) => !known.has(name)).map((name) => `${place}: ${name}`)
    })
  expect(unknown).toEqual([])
})

test('every variable in a query is one of its page, and has a value for whoever tries the query', () => {
  for (const page of pages) {
    const defined = new Set(page.templating.list.map(({ name }) => name))
    for (const { place, expr } of readQueries(page)) {
      const unknown = variablesIn(expr).filter((name) => !name.startsWith('__') && !defined.has(name))
      expect([place, unknown]).toEqual([place, []])
      expect(() => fillVariables(expr, usualValues)).not.toThrow()
    }
  }
})

describe.each(pages.map((page) => [page.title, page] as const))('on the page %s', (_, { panels }) => {
  const shown = panels.filter(({ type }) => type !== 'row')

  test('every panel has a title of its own, by which one speaks of it', () => {
    expect(shown.map(({ title }) => title).toSorted()).toEqual([...new Set(shown.map(({ title }) => title))].toSorted())
  })

  test('every title of a figure fits above it', () => {
    // A column is 50 pixels wide in our pictures, a letter 7 at the most on the average.
    for (const { title, type, gridPos } of shown) {
      if (type === 'stat') expect([title, title.length * 7 <= gridPos.w * 50]).toEqual([title, true])
    }
  })

  test('every panel says what to think when it moves', () => {
    for (const { title, description } of shown) {
      expect([title, (description ?? '').length > 10]).toEqual([title, true])
    }
  })

  test('every number has a unit, every line a name', () => {
    for (const { title, type, targets, fieldConfig } of shown) {
      if (type !== 'timeseries' && type !== 'stat') continue
      expect([title, fieldConfig?.defaults.unit ?? '']).toEqual([title, expect.stringMatching(/./)])
      expect([title, targets.length > 0]).toEqual([title, true])
      for (const { legendFormat } of targets) expect([title, legendFormat]).toEqual([title, expect.stringMatching(/./)])
    }
  })

  test('points of histograms bring their traces', () => {
    for (const { title, type, targets } of shown) {
      for (const { expr = '', exemplar } of targets) {
        if (type === 'timeseries' && expr.includes('_bucket')) expect([title, exemplar]).toEqual([title, true])
      }
    }
  })

  test('no two panels lie on each other, and none reaches over the edge', () => {
    const taken = new Set<string>()
    for (const { title, gridPos } of panels) {
      expect([title, gridPos.x + gridPos.w <= 24]).toEqual([title, true])
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect([title, x, y, taken.has(`${x} ${y}`)]).toEqual([title, x, y, false])
          taken.add(`${x} ${y}`)
        }
      }
    }
  })
})
