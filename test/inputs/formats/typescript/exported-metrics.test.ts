import { describe, expect, it } from 'vitest'
import { factsOf, read } from './reading.js'

const START = `import { createServer } from 'node:http'\nimport './metrics.js'\ncreateServer().listen(8080)\n`

async function namesIn(text: string, files: Record<string, string> = {}): Promise<string[]> {
  const metrics = await factsOf('metric', {
    'package.json': '{ "name": "shop", "scripts": { "start": "node src/main.js" } }',
    'src/main.ts': START,
    'src/metrics.ts': text,
    ...files,
  })
  return metrics.map(({ name }) => name)
}

describe('metrics that the code defines', () => {
  it.each([
    [`import { Gauge } from 'prom-client'\nnew Gauge({ name: 'queue_depth', help: 'x' })`, ['queue_depth']],
    [
      `import client from 'prom-client'\nexport const a = new client.Counter<'of'>({ help: 'x', name: \`retries\` })`,
      ['retries'],
    ],
    [
      `import { metrics } from '@opentelemetry/api'\nmetrics.getMeter('a').createObservableGauge('db.pool.waiting')`,
      ['db.pool.waiting'],
    ],
    [
      `import { makeCounterProvider } from '@willsoto/nestjs-prometheus'\nexport default [makeCounterProvider({ name: 'mails_total', help: '' })]`,
      ['mails_total'],
    ],
    [
      `import { createGauge } from './own.js'\ncreateGauge({ name: 'open_breakers', help: 'x' })`,
      ['open_breakers'],
    ],
  ])('%s', async (text, names) => {
    expect(await namesIn(text)).toEqual(names)
  })

  it.each([
    ['of another library', `import { Counter } from './game.js'\nnew Counter({ name: 'lives' })`],
    [
      'of which the name is made',
      `import { Gauge } from 'prom-client'\nconst of = (part) => new Gauge({ name: \`\${part}_depth\` })`,
    ],
    ['in a comment', `// prom-client: new Gauge({ name: 'depth' })\nexport const a = 1`],
    ['without arguments', `import { Gauge } from 'prom-client'\nnew Gauge()\nnew Gauge`],
    [
      'with a name that is spread',
      `import { Gauge } from 'prom-client'\nnew Gauge({ ...options, 'name': 1 })`,
    ],
  ])('are not seen: %s', async (_, text) => {
    expect(await namesIn(text)).toEqual([])
  })

  it('count in what runs only', async () => {
    const defined = `import { Gauge } from 'prom-client'\nexport const gauge = new Gauge({ name: 'depth' })`
    expect(await namesIn('export {}', { 'src/idle.ts': defined, 'test/metrics.test.ts': defined })).toEqual(
      [],
    )
  })

  it('do not stop the run in broken code', async () => {
    const { facts } = await read({
      'package.json': '{ "name": "shop" }',
      'src/main.ts': START,
      'src/metrics.ts': `import { Gauge } from 'prom-client'\nnew Gauge({ name: 'depth'`,
    })
    expect(facts.some(({ fact }) => fact === 'server')).toBe(true)
  })
})
