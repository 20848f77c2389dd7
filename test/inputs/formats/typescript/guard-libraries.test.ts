/** Libraries that guard the calls of others: how often they try again, with which wait, and what ends it. */
import { describeLibraries, type LibraryCase } from './reading.js'

const R = 'http-retry'
const BOUNDED = 'retry-bounded'
const BACKOFF = 'retry-backoff'
const JITTER = 'retry-jitter'

const PROMISE = `import promiseRetry from 'promise-retry'\n`
const LIFEOMIC = `import { retry } from '@lifeomic/attempt'\n`
const TOOLKIT = `import { retry, withTimeout } from 'es-toolkit'\n`

const LOAD = `fetch('http://a').catch(again)`

const CASES: LibraryCase[] = [
  [
    'promise-retry',
    '2.0.1',
    `${PROMISE}export const load = () => promiseRetry((again) => ${LOAD})`,
    R,
    'present',
    10,
  ],
  [
    'promise-retry',
    '2.0.1',
    `${PROMISE}export const load = () => promiseRetry((again) => ${LOAD}, { retries: 2 })`,
    R,
    'present',
    2,
  ],
  [
    'promise-retry',
    '2.0.1',
    `${PROMISE}export const load = () => promiseRetry((again) => ${LOAD})`,
    JITTER,
    'absent',
  ],
  [
    'promise-retry',
    '2.0.1',
    `${PROMISE}export const load = () => promiseRetry((again) => ${LOAD}, { randomize: true })`,
    JITTER,
    'present',
  ],
  [
    'promise-retry',
    '1.1.1',
    `${PROMISE}export const load = () => promiseRetry((again) => ${LOAD}, { forever: true })`,
    BOUNDED,
    'absent',
  ],
  [
    'promise-retry',
    '2.0.1',
    `${PROMISE}export const load = () => promiseRetry((again) => ${LOAD})`,
    BACKOFF,
    'present',
  ],
  [
    '@lifeomic/attempt',
    '3.1.0',
    `${LIFEOMIC}export const load = () => retry(() => fetch('http://a'))`,
    R,
    'present',
    2,
  ],
  [
    '@lifeomic/attempt',
    '3.1.0',
    `${LIFEOMIC}export const load = () => retry(() => fetch('http://a'))`,
    BACKOFF,
    'absent',
  ],
  [
    '@lifeomic/attempt',
    '3.1.0',
    `${LIFEOMIC}export const load = () => retry(() => fetch('http://a'), { factor: 2, jitter: true })`,
    JITTER,
    'present',
  ],
  [
    '@lifeomic/attempt',
    '3.1.0',
    `${LIFEOMIC}export const load = () => retry(() => fetch('http://a'), { timeout: 2000 })`,
    'http-timeout',
    'present',
    2,
  ],
  [
    'es-toolkit',
    '1.53.2',
    `${TOOLKIT}export const load = () => retry(() => fetch('http://a'))`,
    BOUNDED,
    'absent',
  ],
  [
    'es-toolkit',
    '1.53.2',
    `${TOOLKIT}export const load = () => retry(() => fetch('http://a'), 3)`,
    BOUNDED,
    'present',
    3,
  ],
  [
    'es-toolkit',
    '1.53.2',
    `${TOOLKIT}export const load = () => retry(() => fetch('http://a'), { retries: 3 })`,
    BACKOFF,
    'absent',
  ],
  [
    'es-toolkit',
    '1.53.2',
    `${TOOLKIT}export const load = () => withTimeout(() => fetch('http://a'), 3000)`,
    'http-timeout',
    'present',
    3,
  ],
]

describeLibraries(CASES)
