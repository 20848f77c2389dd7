/** Jobs that a queue runs again: how long it waits before that. */
import { expect, test } from 'vitest'
import type { Practice } from '../../../../src/facts/code.js'
import { practicesIn } from './reading.js'

const QUEUE = `import { Queue } from 'bullmq'\n`
const NEST = `import { BullModule } from '@nestjs/bullmq'\nimport type { Queue } from 'bullmq'\n`
const BOSS = `import PgBoss from 'pg-boss'\nconst boss = new PgBoss('postgres://db')\n`

const shared = (options: string): string =>
  `${QUEUE}export const q = new Queue('a', { defaultJobOptions: { ${options} } })\n`

type Case = [name: string, code: string, states: Practice['state'][]]

const CASES: Case[] = [
  ['at once', shared('attempts: 5'), ['absent']],
  [
    'declared by its type, switched off',
    `import type { SendOptions } from 'pg-boss'\nexport abstract class Base { static options(): SendOptions { return { retryLimit: 3, retryDelay: 5, retryBackoff: false } } }`,
    ['absent'],
  ],
  [
    'declared by its type, ever longer',
    `import type { JobsOptions } from 'bullmq'\nexport const options: JobsOptions = { attempts: 5, backoff: { type: 'exponential', delay: 1000 } }`,
    ['present'],
  ],
  [
    'declared by its type, with a wait that its queue may give',
    `import type { JobsOptions } from 'bullmq'\nexport const options: JobsOptions = { attempts: 5 }`,
    [],
  ],
  [
    'of a type of its own',
    `import 'bullmq'\ninterface Options { attempts: number }\nexport const options: Options = { attempts: 5 }`,
    [],
  ],
  [
    'declared and given',
    `${QUEUE}import type { JobsOptions } from 'bullmq'\nconst options: JobsOptions = { attempts: 3, backoff: 1000 }\nconst q = new Queue('a')\nq.add('a', {}, options)`,
    ['absent'],
  ],
  ['always the same', shared('attempts: 5, backoff: 1000'), ['absent']],
  [
    'always the same, by its type',
    shared(`attempts: 5, backoff: { type: 'fixed', delay: 1000 }`),
    ['absent'],
  ],
  ['ever longer', shared(`attempts: 5, backoff: { type: 'exponential', delay: 1000 }`), ['present']],
  ['of a job that its queue lets wait', `${shared('backoff: 60_000')}q.add('a', {}, { attempts: 3 })`, []],
  ['of a job', `${QUEUE}const q = new Queue('a')\nq.add('a', {}, { attempts: 3 })`, ['absent']],
  [
    'of an injected queue',
    `${NEST}export class Mails { constructor(private readonly q: Queue) {} async send() { await this.q.add('a', {}, { attempts: 3 }) } }`,
    ['absent'],
  ],
  [
    'of a module',
    `${NEST}BullModule.registerQueue({ name: 'a', defaultJobOptions: { attempts: 3 } })`,
    ['absent'],
  ],
  ['of pg-boss', `${BOSS}boss.send('a', {}, { retryLimit: 5 })`, ['absent']],
  [
    'of pg-boss, ever longer',
    `${BOSS}boss.send('a', {}, { retryLimit: 5, retryBackoff: true })`,
    ['present'],
  ],
  // What is none.
  ['a single second try', shared('attempts: 2'), []],
  ['as often as a setting says', shared('attempts: settings.attempts'), []],
  ['so long that nobody is hurried', shared('attempts: 5, backoff: 60_000'), []],
  ['by a strategy of its own', shared(`attempts: 5, backoff: { type: 'custom' }`), []],
  ['beside options that are not seen', shared('attempts: 5, ...others'), []],
  ['of something else', `export const settings = { defaultJobOptions: { attempts: 5 } }`, []],
]

test.each(CASES)('%s', async (_, code, states) => {
  const found = (await practicesIn(code)).filter(({ pattern }) => pattern === 'retry-backoff')
  expect(found.map(({ state }) => state)).toEqual(states)
})

const jitters = async (code: string): Promise<Practice[]> =>
  (await practicesIn(code)).filter(({ pattern }) => pattern === 'retry-jitter')

const GROWS = `attempts: 5, backoff: { type: 'exponential', delay: 1000 }`

test('a delay that grows has jitter where the library is asked for it', async () => {
  expect((await jitters(shared(GROWS))).map(({ state }) => state)).toEqual(['absent'])
  const asked = shared(`attempts: 5, backoff: { type: 'exponential', delay: 1000, jitter: 0.5 }`)
  expect((await jitters(asked)).map(({ state }) => state)).toEqual(['present'])
  expect(await jitters(shared('attempts: 5, backoff: 1000'))).toEqual([])
  const ofBull = `import Queue from 'bull'\nexport const q = new Queue('a', { defaultJobOptions: { ${GROWS} } })`
  expect(await jitters(ofBull)).toEqual([])
})

test('queues of one package without jitter are told together', async () => {
  const two = `${QUEUE}export const a = new Queue('a', { defaultJobOptions: { ${GROWS} } })
export const b = new Queue('b', { defaultJobOptions: { ${GROWS} } })`
  const [first, ...others] = await jitters(two)
  expect(others).toEqual([])
  expect(first!.source.line).toBe(2)
  expect(first!.related.map(({ source }) => source.line)).toEqual([3])
})
