/** Handlers of signals that are there only where a setting says so. */
import { describe, expect, test } from 'vitest'
import { practicesIn } from './reading.js'

const SERVER = `import express from 'express'
  const app = express()
  const server = app.listen(80)\n`

async function shutdownIn(text: string): Promise<string[]> {
  const found = (await practicesIn(SERVER + text)).filter(({ pattern }) => pattern === 'graceful-shutdown')
  return found.map(({ state, detail, reason }) => `${state}: ${reason ?? detail}`)
}

describe('a handler under a condition', () => {
  const NOTHING = 'The process listens, and nothing in its package handles SIGTERM'
  const CLOSED = 'present: On SIGTERM the server is closed'
  const QUESTION = (condition: string): string =>
    `unknown: what drains on SIGTERM is there only where \`${condition}\`: does that hold in production?`

  test.each([
    [
      'of a setting, that only exits',
      `if (env.isTest) process.on('SIGTERM', () => process.exit(0))`,
      `absent: ${NOTHING} outside \`env.isTest\``,
    ],
    [
      'of a setting that is computed elsewhere',
      `class Values { isTest = yes(getEnv('INTEGRATION_TEST')) }
       const values = new Values()
       if (values.isTest) process.on('SIGTERM', () => server.close())`,
      QUESTION('values.isTest'),
    ],
    [
      'behind a statement that leaves',
      `function start() { if (process.env.EDGE) return; process.on('SIGTERM', () => server.close()) }\nstart()`,
      QUESTION('!(process.env.EDGE)'),
    ],
    [
      'at one of two calls',
      `function start() { process.on('SIGTERM', () => server.close()) }\nif (process.env.EDGE) start()\nstart()`,
      CLOSED,
    ],
    [
      'or else under the opposite',
      `function start() { process.on('SIGTERM', () => server.close()) }\nif (env.workers) { if (isWorker) start() } else start()`,
      CLOSED,
    ],
    [
      'beside one that is always there',
      `if (env.isTest) process.on('SIGTERM', () => process.exit(0))\nprocess.on('SIGTERM', () => server.close())`,
      CLOSED,
    ],
    [
      'of development',
      `if (process.env.NODE_ENV === 'development') process.on('SIGTERM', () => server.close())`,
      `absent: ${NOTHING} outside \`process.env.NODE_ENV === 'development'\``,
    ],
    [
      'that holds in production',
      `if (process.env.NODE_ENV === 'production') process.on('SIGTERM', () => server.close())`,
      CLOSED,
    ],
    [
      'that a test runner does not meet',
      `if (!process.env.JEST_WORKER_ID) process.on('SIGTERM', () => server.close())`,
      CLOSED,
    ],
    [
      'that only a test runner meets',
      `const isTest = process.env.VITEST !== undefined\nif (isTest) process.on('SIGTERM', () => server.close())`,
      `absent: ${NOTHING} outside \`isTest\``,
    ],
    [
      'that asks a configuration for the environment',
      `const config = { env: process.env.NODE_ENV ?? 'development' }
       function start() { if (config.env === 'test') return; process.on('SIGTERM', () => server.close()) }\nstart()`,
      CLOSED,
    ],
    [
      'that asks a configuration for something else',
      `const config = { env: process.env.REGION }
       if (config.env !== 'test') process.on('SIGTERM', () => server.close())`,
      QUESTION(`config.env !== 'test'`),
    ],
    [
      'of the process itself',
      `if (require.main === module) process.on('SIGTERM', () => server.close())`,
      CLOSED,
    ],
  ])('%s', async (_, text, expected) => {
    expect(await shutdownIn(text)).toEqual([expected])
  })
})
