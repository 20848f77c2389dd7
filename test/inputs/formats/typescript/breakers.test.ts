/** Breakers, limiters, signals and servers: what the readers make of shapes that the rule fixtures do not show. */
import { describe, expect, test } from 'vitest'
import { practicesIn } from './reading.js'

const OPOSSUM = `import CircuitBreaker from 'opossum'\nimport axios from 'axios'\n`
const LIMIT = `import pLimit from 'p-limit'\n`

type Case = [name: string, pattern: string, code: string, states: string[]]

const CASES: Case[] = [
  [
    'made and fired in one expression',
    'guard-shared',
    `${OPOSSUM}export const cart = () => new CircuitBreaker(() => axios.get('http://cart/')).fire()`,
    ['absent'],
  ],
  [
    'a function that makes guarded functions',
    'guard-shared',
    `${OPOSSUM}export function guarded(work) { const breaker = new CircuitBreaker(work)\nbreaker.on('open', log)\nreturn (...args) => breaker.fire(...args) }`,
    [],
  ],
  [
    'of cockatiel, for one call',
    'guard-shared',
    `import { circuitBreaker, handleAll, ConsecutiveBreaker } from 'cockatiel'\nexport async function cart() { const policy = circuitBreaker(handleAll, { breaker: new ConsecutiveBreaker(5) })\nreturn policy.execute(() => fetch('http://cart/')) }`,
    ['absent'],
  ],
  [
    'in a field',
    'guard-shared',
    `${OPOSSUM}class Cart { breaker = new CircuitBreaker(load)\nget() { return this.breaker.fire() } }`,
    ['present'],
  ],
  [
    'fired for each item of a list',
    'guard-shared',
    `${OPOSSUM}export async function all(ids) { const breaker = new CircuitBreaker(load)\nfor (const id of ids) await breaker.fire(id) }`,
    [],
  ],
  [
    'set up by a function that starts with the process',
    'guard-shared',
    `${LIMIT}export async function main() { const limit = pLimit(2)\nawait limit(() => load()) }`,
    [],
  ],
  [
    'that counts what a global gives on',
    'circuit-breaker',
    `${OPOSSUM}export const breaker = new CircuitBreaker((id) => fetch('http://cart/' + id))`,
    [],
  ],
  [
    'whose work tells its failure by a rejection',
    'circuit-breaker',
    `${OPOSSUM}export const breaker = new CircuitBreaker(async () => { try { return await axios.get('http://cart/') } catch (e) { return Promise.reject(e) } })`,
    [],
  ],
  [
    'whose work only logs',
    'circuit-breaker',
    `${OPOSSUM}export const breaker = new CircuitBreaker(async () => { try { return await axios.get('http://cart/') } catch (e) { console.error(e)\nreturn null } })`,
    ['inert'],
  ],
  [
    'a threshold of one',
    'breaker-threshold',
    `${OPOSSUM}export const breaker = new CircuitBreaker(load, { volumeThreshold: 1 })`,
    ['absent'],
  ],
  [
    'a threshold of the environment',
    'breaker-threshold',
    `${OPOSSUM}export const breaker = new CircuitBreaker(load, { volumeThreshold: Number(process.env.CALLS) })`,
    ['present'],
  ],
  [
    'options that are cut off',
    'breaker-threshold',
    `${OPOSSUM}const b = new CircuitBreaker(load, {`,
    ['absent'],
  ],
  [
    'a fallback that rejects',
    'breaker-fallback',
    `${OPOSSUM}const breaker = new CircuitBreaker(load)\nbreaker.fallback((id, error) => Promise.reject(error))`,
    ['absent'],
  ],
  [
    'a fallback with an error of its own',
    'breaker-fallback',
    `${OPOSSUM}const breaker = new CircuitBreaker(load)\nbreaker.fallback(() => { throw new ServiceUnavailable() })`,
    ['present'],
  ],
  [
    'a signal that is respected',
    'signal-propagation',
    `export async function get(signal: AbortSignal) { const own = new AbortController()\nsignal.addEventListener('abort', () => own.abort())\nreturn fetch('http://cart/') }`,
    [],
  ],
  [
    'a signal of the call’s own',
    'signal-propagation',
    `export const get = (signal: AbortSignal) => fetch('http://cart/', { signal: AbortSignal.timeout(100) })`,
    [],
  ],
  [
    'a signal made of both',
    'signal-propagation',
    `export function get(signal: AbortSignal) { const both = AbortSignal.any([signal, AbortSignal.timeout(100)])\nreturn fetch('http://cart/', { signal: both }) }`,
    ['present'],
  ],
  [
    'options of the caller are handed on as a whole',
    'signal-propagation',
    `import axios from 'axios'\nexport const get = (signal: AbortSignal, init: object) => axios.get('http://cart/', init)`,
    [],
  ],
  [
    'a signal of the operating system',
    'signal-propagation',
    `import axios from 'axios'\nprocess.on('SIGTERM', async (signal: string) => { await axios.get('http://cart/') })`,
    [],
  ],
  [
    'headers may take for ever',
    'slow-request',
    `import { createServer } from 'node:http'\nconst server = createServer()\nserver.headersTimeout = Infinity\nserver.listen(80)`,
    ['absent'],
  ],
  [
    'a timeout that the environment sets',
    'slow-request',
    `import { createServer } from 'node:http'\nconst server = createServer()\nserver.requestTimeout = process.env.TIMEOUT\nserver.listen(80)`,
    [],
  ],
  [
    'a limit in bytes',
    'body-limit',
    `import express from 'express'\nconst app = express()\nconst bodyLimit = 50 * 1024 * 1024\napp.use(express.raw({ limit: bodyLimit }))\napp.listen(80)`,
    ['absent'],
  ],
  [
    'a limit of the settings',
    'body-limit',
    `import express from 'express'\nconst app = express()\napp.use(express.json({ limit: settings.bodyLimit }))\napp.listen(80)`,
    [],
  ],
  [
    'a reader that is mounted elsewhere',
    'body-limit',
    `import express from 'express'\nexport const parser = express.json({ limit: '50mb' })`,
    ['unknown'],
  ],
  [
    'a reader that is mounted for all',
    'body-limit',
    `import express from 'express'\nconst app = express()\nconst parser = express.json({ limit: '50mb' })\napp.use(parser)\napp.listen(80)`,
    ['absent'],
  ],
  [
    'a limit of something else',
    'body-limit',
    `import express from 'express'\nimport { upload } from './upload'\nexpress().use(upload.json({ limit: '50mb' }))`,
    [],
  ],
  [
    'rows that wait for confirms',
    'backpressure',
    `import amqp from 'amqplib'\nconst connection = await amqp.connect('amqp://b')\nconst channel = await connection.createConfirmChannel()\nexport async function relay(rows) { for await (const row of rows) { channel.publish('x', 'y', row)\nawait channel.waitForConfirms() } }`,
    ['present'],
  ],
  [
    'listening to something that is no stream of data',
    'backpressure',
    `import axios from 'axios'\nbus.on('order', async (order) => { await axios.post('http://mails/', order) })`,
    [],
  ],
]

describe('breakers, limiters, signals and servers', () => {
  test.each(CASES)('%s (%s)', async (_, pattern, code, states) => {
    const found = (await practicesIn(code)).filter((practice) => practice.pattern === pattern)
    expect(found.map(({ state }) => state)).toEqual(states)
  })
})
