/** What a report in JUnit's form, as `bun test` writes it, says. */
export type Counts = { tests: number; failures: number }

/** A test that failed: where it is, the groups it stands in, and what it said. */
export type Failure = { file: string; name: string; message: string }

/** Reads the head of a JUnit report; skipped tests count as not run. Text without one has run nothing. */
export function readJunitCounts(xml: string): Counts {
  const head = /<testsuites[^>]*>/.exec(xml)?.[0] ?? ''
  const attribute = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(head)?.[1] ?? 0)
  return { tests: attribute('tests') - attribute('skipped'), failures: attribute('failures') + attribute('errors') }
}

/** Every failed test of a report, with the first lines of what it said. */
export function readJunitFailures(xml: string): Failure[] {
  const failed = /<testcase ([^>]*[^/])>\s*<(?:failure|error)([^>]*)>([^<]*)/g
  return [...xml.matchAll(failed)].map(([, test = '', head = '', body = '']) => {
    const [name, group, file, line] = ['name', 'classname', 'file', 'line'].map((each) => attributeOf(test, each))
    const message = toText(body).trim() || attributeOf(head, 'message')
    return {
      file: `${file}:${line}`,
      name: [group, name].filter(Boolean).join(' > '),
      message: message.slice(0, 2_000),
    }
  })
}

/** Seconds by file, the longest first. */
export function readJunitSeconds(xml: string): { file: string; seconds: number }[] {
  const files = [...xml.matchAll(/^ {2}<testsuite ([^>]*)>/gm)].map(([, head = '']) => ({
    file: attributeOf(head, 'file'),
    seconds: Number(attributeOf(head, 'time')),
  }))
  return files.sort((a, b) => b.seconds - a.seconds)
}

const attributeOf = (head: string, name: string): string =>
  toText(new RegExp(`(?:^| )${name}="([^"]*)"`).exec(head)?.[1] ?? '')

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', '#10': '\n', '#9': '\t' }

const toText = (xml: string): string => xml.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
