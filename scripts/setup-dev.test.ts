import { afterEach, expect, test } from 'bun:test'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dir, '..')
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
const plain = ['bash', 'cat', 'dirname', 'env', 'grep', 'id', 'mv', 'od', 'sed', 'seq', 'sleep', 'tail', 'tr']

/**
 * A machine that has nothing but plain Unix programs and those given, each a script of its own; every call of theirs is noted.
 * How the real one fares on Debian, with real images, is in tests/images.
 */
function createMachine(programs: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-bare-'))
  folders.push(folder)
  const [bin, calls] = [join(folder, 'bin'), join(folder, 'calls')]
  for (const place of ['bin', 'scripts']) mkdirSync(join(folder, place))
  for (const name of plain) symlinkSync(Bun.which(name) ?? '', join(bin, name))
  const add = (name: string, body: string) => {
    // What stands there may be a link to the machine's own.
    rmSync(join(bin, name), { force: true })
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >> "${calls}"\n${body}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  for (const [name, body] of Object.entries(programs)) add(name, body)
  copyFileSync(join(root, 'scripts/setup-dev.sh'), join(folder, 'scripts/setup-dev.sh'))
  copyFileSync(join(root, '.env.example'), join(folder, '.env.example'))
  return {
    env: join(folder, '.env'),
    add,
    run: (...args: string[]) => {
      rmSync(calls, { force: true })
      const env = { PATH: bin, HOME: folder }
      const { exitCode, stdout, stderr } = Bun.spawnSync(['bash', join(folder, 'scripts/setup-dev.sh'), ...args], {
        env,
      })
      const called = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []
      return { exitCode, said: `${stdout}${stderr}`, called }
    },
  }
}
const compose = '[ "$1" = --version ] && echo "podman-compose version 1.6.0"; exit 0'
/** Calls that change something. */
const changes = (called: string[]) =>
  called.filter((call) => !/ (version|--version|info|exec |wait |healthcheck )|^uname|inspect/.test(call))

/** By podman: each step once what it needs is there. */
const started = [
  'environment',
  'postgres mongodb redis rabbitmq mail',
  'set-up',
  'students-migrations exams-migrations grading-migrations notifier-migrations',
  'students quizzes exams grading notifier',
  'gateway',
].map((names) => `later-podman-compose --profile core up -d --no-build --no-deps ${names}`)
const built = [
  'later-podman build -q --target workspace -t hourglass/workspace:dev .',
  ...['set-up', 'students', 'quizzes', 'exams', 'grading', 'notifier', 'gateway'].map(
    (name) => `later-podman build -q --build-arg SERVICE=${name} -t hourglass/${name}:dev .`,
  ),
]

test('a bare macOS gets podman by Homebrew, a machine for it and a running stack; a second run only starts', () => {
  // What Homebrew installs is there after it.
  const machine = createMachine({ uname: 'echo Darwin' })
  machine.add('brew', `for name in podman podman-compose; do mv "\${0%/*}/later-$name" "\${0%/*}/$name"; done`)
  machine.add(
    'later-podman',
    '[ "$1" = machine ] || [ -e "$HOME/started" ] || exit 1; [ "$1" = image ] && { [ -e "$HOME/built" ] && echo an-id; exit; }; [ "$2" = inspect ] && exit 1; [ "$1" = build ] && cat /dev/null > "$HOME/built"; [ "$1" = wait ] && echo 0; [ "$2" = start ] && cat /dev/null > "$HOME/started"; exit 0',
  )
  machine.add('later-podman-compose', compose)
  const first = machine.run()
  expect(first.said).toContain('Hourglass is at http://localhost:3000; sign in as admin@example.org')
  expect(first.exitCode).toBe(0)
  expect(changes(first.called)).toEqual([
    'brew install podman podman-compose',
    'later-podman machine init --cpus 2 --memory 6144',
    'later-podman machine start',
    ...built,
    ...started,
  ])
  const written = readFileSync(machine.env, 'utf8')
  const passwords = [...written.matchAll(/^\w+_PASSWORD=(.*)$/gm)].map(([, password]) => password)
  expect(passwords).toHaveLength(5)
  expect(new Set(passwords).size).toBe(5)
  for (const password of passwords) expect(password).toMatch(/^[0-9a-f]{48}$/)
  expect(statSync(machine.env).mode & 0o077).toBe(0)
  // As people do, with what a shell would trip over.
  writeFileSync(machine.env, `${written}MAIL_FROM="Hourglass <exams@example.org>"\nMAIL_PORT=8026\n`)
  const second = machine.run()
  expect(second.said).toContain('http://localhost:8026')
  expect(changes(second.called)).toEqual([...built.slice(0, 2), ...started])
})

test('where Docker runs it is used, and nothing is installed', () => {
  const machine = createMachine({ uname: 'echo Linux', docker: 'exit 0', 'apt-get': 'exit 1' })
  const { exitCode, called } = machine.run()
  expect(exitCode).toBe(0)
  expect(changes(called)).toEqual(['docker compose --profile core build', 'docker compose --profile core up -d'])
})

test('what looks on starts beside the services, but for what is left out, and .env says where spans and lines go', () => {
  const machine = createMachine({ uname: 'echo Linux', 'podman-compose': compose })
  machine.add('podman', '[ "$1" = info ] && echo /storage/overlay-containers; [ "$1" = wait ] && echo 0; exit 0')
  const without = ['--without', 'grafana', '--without', 'mongodb-exporter']
  const { exitCode, called } = machine.run('--observability', ...without)
  expect(exitCode).toBe(0)
  const up = 'podman-compose --profile core --profile observability up -d --no-build --no-deps'
  expect(changes(called).slice(-4)).toEqual([
    `${up} students quizzes exams grading notifier`,
    `${up} prometheus alertmanager loki tempo node-exporter postgres-exporter redis-exporter`,
    `${up} collector`,
    `${up} gateway`,
  ])
  const isHealthyAt = called.indexOf('podman healthcheck run hourglass_loki_1')
  expect(isHealthyAt).toBeGreaterThan(0)
  expect(isHealthyAt).toBeLessThan(called.indexOf(`${up} collector`))
  const env = readFileSync(machine.env, 'utf8')
  expect(env).toEndWith(
    'OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318\nPROMETHEUS_URL=http://prometheus:9090\nCONTAINER_LOGS=/storage/overlay-containers\n',
  )
  machine.run('--observability')
  expect(readFileSync(machine.env, 'utf8')).toBe(env)

  const docker = createMachine({ uname: 'echo Linux', docker: 'exit 0' })
  expect(changes(docker.run('--observability', ...without).called)).toEqual([
    'docker compose --profile core --profile observability build',
    'docker compose --profile core --profile observability up -d --scale grafana=0 --scale mongodb-exporter=0',
  ])
  expect(readFileSync(docker.env, 'utf8')).not.toMatch(/^CONTAINER_LOGS/m)
  expect(docker.run('--observability', '--without', 'postgres').said).toContain('--without takes one of: prometheus')
  expect(docker.run('--everything').said).toContain('Usage: scripts/setup-dev.sh')
})

test('a service that does not become ready is named, and so is what is missing before anything is begun', () => {
  const broken = createMachine({
    uname: 'echo Linux',
    docker: 'case "$*" in *"exec -T exams"*) exit 1;; esac; exit 0',
  })
  // Of its many turns the first and the last.
  broken.add('seq', 'echo 1 120')
  broken.add('sleep', 'exit 0')
  expect(broken.run()).toMatchObject({ exitCode: 1, said: expect.stringContaining('exams did not become ready') })
  expect(createMachine({ uname: 'echo Darwin' }).run().said).toContain('Install Homebrew first')
  expect(createMachine({ uname: 'echo Plan9' }).run().said).toContain('knows Linux and macOS, not Plan9')
  expect(createMachine({ uname: 'echo Linux' }).run().said).toContain('or Docker with its compose plugin')
})
