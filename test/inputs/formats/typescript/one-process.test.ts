/** Servers that one process starts, and those that several do. */
import { expect, test } from 'vitest'
import { factsOf } from './reading.js'

const listening = (name: string): string => `import express from 'express'
  export function start${name}() { const app = express(); app.listen(8080) }\n`

const MAIN = `import { startApi } from './api'
  import { startAdmin } from './admin'
  startApi()
  startAdmin()\n`

async function toldIn(scripts: Record<string, string>, main: string): Promise<[string, string[]][]> {
  const practices = await factsOf('practice', {
    'package.json': JSON.stringify({ name: 'cart', scripts, dependencies: { express: '4.21.2' } }),
    'src/main.ts': main,
    'src/api.ts': listening('Api'),
    'src/admin.ts': listening('Admin'),
  })
  return practices
    .filter(({ pattern }) => pattern === 'graceful-shutdown')
    .map(({ source, related }): [string, string[]] => [
      source.path,
      related.map((other) => other.source.path),
    ])
}

test('of one process the end is told once, with all that listens', async () => {
  const [[first, others], ...more] = (await toldIn({ start: 'node src/main.js' }, MAIN)) as [
    [string, string[]],
  ]
  expect(more).toEqual([])
  expect([first, ...others].sort()).toEqual(['src/admin.ts', 'src/api.ts'])
})

test('of two processes the end is told of each', async () => {
  const scripts = { start: 'node src/api.js', admin: 'node src/admin.js' }
  const told = await toldIn(scripts, '')
  expect(told.sort()).toEqual([
    ['src/admin.ts', []],
    ['src/api.ts', []],
  ])
})

test('a handler that closes neither server is told of once', async () => {
  const ending = `${MAIN}process.on('SIGTERM', () => process.exit(0))\n`
  const told = await toldIn({ start: 'node src/main.js' }, ending)
  expect(told).toEqual([['src/main.ts', []]])
})
