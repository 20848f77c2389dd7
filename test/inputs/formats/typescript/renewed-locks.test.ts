/** Timeouts that are given as the duration of a lock: whoever runs the job renews it. */
import { expect, test } from 'vitest'
import { practicesIn } from './reading.js'

const WORKER = `import { Worker } from 'bullmq'\nconst JOB_TIMEOUT_MS = 300_000\n`
const worker = (options: string): string =>
  `${WORKER}export const w = new Worker('a', async () => {}, { ${options} })\n`

const states = async (code: string): Promise<string[]> =>
  (await practicesIn(code)).filter(({ pattern }) => pattern === 'timeout-inert').map(({ state }) => state)

test.each([
  ['a constant', worker('lockDuration: JOB_TIMEOUT_MS')],
  ['a setting', worker('lockDuration: Number(process.env.JOB_TIMEOUT ?? 1000)')],
  [
    'a module of Nest',
    `import { BullModule } from '@nestjs/bull'\nBullModule.registerQueue({ name: 'a', settings: { lockDuration: config.timeout } })`,
  ],
])('nothing ends a job: %s', async (_, code) => {
  expect(await states(code)).toEqual(['inert'])
})

test.each([
  ['a duration that speaks of no timeout', worker('lockDuration: 300_000')],
  [
    'a time that also ends the work',
    `${worker('lockDuration: JOB_TIMEOUT_MS')}export const end = () => AbortSignal.timeout(JOB_TIMEOUT_MS)`,
  ],
  [
    'a time that also bounds a request of the work',
    `${worker('lockDuration: JOB_TIMEOUT_MS + 1000')}export const load = () => axios.get('http://a', { timeout: JOB_TIMEOUT_MS })`,
  ],
  [
    'a time after which something else wins',
    `${worker('lockDuration: JOB_TIMEOUT_MS')}export const end = (work) => Promise.race([work, sleep(JOB_TIMEOUT_MS)])`,
  ],
  ['a lock of something else', `export const lock = { lockDuration: settings.timeout }`],
  ['no value at all', `${WORKER}export const options = { lockDuration }`],
])('nothing is said of %s', async (_, code) => {
  expect(await states(code)).toEqual([])
})

test('two workers whose locks take the same time', async () => {
  const more = `new Worker('b', async () => {}, { lockDuration: JOB_TIMEOUT_MS })`
  expect(await states(worker('lockDuration: JOB_TIMEOUT_MS') + more)).toEqual(['inert', 'inert'])
})
