import { expect, test } from 'bun:test'

test('no two processes are given one port, however many ask at once', async () => {
  const ask = `import { findFreePort } from ${JSON.stringify(`${import.meta.dir}/free-port`)}
    const ports = []
    for (let index = 0; index < 300; index++) ports.push(await findFreePort())
    console.log(JSON.stringify(ports))`
  const processes = Array.from({ length: 3 }, () =>
    Bun.spawn([process.execPath, '-e', ask], { stdio: ['ignore', 'pipe', 'inherit'] }),
  )
  const given = await Promise.all(processes.map(async ({ stdout }) => JSON.parse(await new Response(stdout).text())))
  const ports: number[] = given.flat()
  expect(ports).toHaveLength(900)
  expect(new Set(ports).size).toBe(900)
})
