import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { repository } from './pages'

const Service = z.object({
  profiles: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
})
const Compose = z.object({ services: z.record(z.string(), Service) })
const { services } = Compose.parse(Bun.YAML.parse(readFileSync(join(repository, 'compose.yaml'), 'utf8')))
const Package = z.object({ scripts: z.record(z.string(), z.string()) })
const { scripts } = Package.parse(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')))
const ports = Object.values(services).flatMap((each) => each.ports.map((port) => /:-(\d+)\}/.exec(port)?.[1]))

/** What every machine has. */
const usual = new Set(['curl', 'df', 'dmesg', 'du', 'grep', 'head', 'sort', 'tail'])

/** What is wrong with a command of a page, without running it: a script, a service, a port or a file that is not there. `null`: nothing. */
export function judgeCommand(command: string): string | null {
  const { exitCode, stderr } = Bun.spawnSync(['sh', '-nc', command])
  if (exitCode !== 0) return stderr.toString()
  // One command stands in another.
  const inner = [...command.matchAll(/\$\(([^)]+)\)/g)].map(([, part = '']) => part)
  const parts = [...command.replaceAll(/\$\([^)]+\)/g, 'ID').split(/&&|\|/), ...inner]
  for (const part of parts) {
    const complaint = judgePart(part.trim().replace(/^(?:[A-Z_]+=\S+ )+/, ''))
    if (complaint !== null) return complaint
  }
  return null
}

function judgePart(part: string): string | null {
  const bun = /^(?:npx -y bun@(\S+)|bun) run (\S+)/.exec(part)
  if (bun) return judgeScript(bun[1], bun[2] ?? '')
  if (part.startsWith('docker compose ')) return judgeCompose(part.split(/\s+/).slice(2))
  if (/^docker (?:stats|inspect|system prune)\b/.test(part)) return null
  const [program = ''] = part.split(' ')
  if (!usual.has(program)) return `nobody has "${program}"`
  const port = /127\.0\.0\.1:(\d+)/.exec(part)?.[1]
  return port === undefined || ports.includes(port) ? null : `compose publishes no port ${port}`
}

function judgeScript(version: string | undefined, script: string): string | null {
  if (version !== undefined && version !== Bun.version) return `Bun ${version} is not ours`
  return script in scripts ? null : `there is no script ${script}`
}

/** Options of `docker compose` that take a value. */
const valued = new Set(['--tail', '--profile'])
const verbs = new Set(['exec', 'logs', 'ps', 'restart', 'stop', 'up'])

function judgeCompose(words: readonly string[]): string | null {
  const profiles = words.flatMap((word, index) => (word === '--profile' ? [words[index + 1] ?? ''] : []))
  const isProfile = (name: string) => Object.values(services).some((service) => service.profiles.includes(name))
  const strange = profiles.find((name) => !isProfile(name))
  if (strange !== undefined) return `compose has no profile ${strange}`
  const bare = words.filter((word, index) => !word.startsWith('-') && !valued.has(words[index - 1] ?? ''))
  const [verb = '', ...rest] = bare
  if (!verbs.has(verb)) return `docker compose ${verb} is not known here`
  const named = verb === 'exec' ? rest.slice(0, 1) : rest
  const missing = named.find((name) => !(name in services))
  if (missing !== undefined || (verb === 'exec' && named.length === 0)) return `compose has no service ${missing}`
  const file = verb === 'exec' ? words.find((word) => word.startsWith('/')) : undefined
  return file === undefined || isMounted(named[0] ?? '', file) ? null : `${named[0]} has no ${file}`
}

/** Whether a file of a container is one of the clone. */
const isMounted = (service: string, file: string): boolean =>
  (services[service]?.volumes ?? []).some((volume) => {
    const [from = '', to = ''] = volume.split(':')
    return file.startsWith(`${to}/`) && existsSync(join(repository, from, file.slice(to.length)))
  })
