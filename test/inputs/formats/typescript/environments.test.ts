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
    `unknown: what drains on SIGTERM exists only where \`${condition}\`: does that hold in production?`

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
      'in both branches, though differently',
      `if (config.get('CLUSTER_MODE')) process.on('SIGTERM', () => server.close())
       else process.on('SIGTERM', () => { log('end'); server.close() })`,
      CLOSED,
    ],
    [
      'at the call of another function in each branch',
      `if (process.env.CLUSTER) many(); else one()
       function one() { process.on('SIGTERM', () => server.close()) }
       function many() { process.on('SIGTERM', () => { server.close() }) }`,
      CLOSED,
    ],
    [
      'in both branches, of which one closes nothing',
      `if (process.env.CLUSTER) process.on('SIGTERM', () => server.close())
       else process.on('SIGTERM', () => log('end'))`,
      QUESTION('process.env.CLUSTER'),
    ],
    [
      'in one branch, and in the other under one more',
      `if (process.env.CLUSTER) process.on('SIGTERM', () => server.close())
       else if (process.env.EDGE) process.on('SIGTERM', () => server.close())`,
      QUESTION('process.env.CLUSTER'),
    ],
    [
      'behind a check that throws on start',
      `async function main() {
         if (!process.env.DATABASE_URL) { throw new Error('DATABASE_URL') }
         process.on('SIGTERM', () => server.close())
       }\nmain()`,
      CLOSED,
    ],
    [
      'behind a check that throws what ends the process',
      `async function main() {
         if (!process.env.DATABASE_URL) throw new Error('DATABASE_URL')
         process.on('SIGTERM', () => server.close())
       }
       main().catch(giveUp)
       function giveUp(error) { log(error); process.exit(1) }`,
      CLOSED,
    ],
    [
      'behind a check that throws what is caught',
      `try {
         if (!process.env.DATABASE_URL) throw new Error('DATABASE_URL')
         process.on('SIGTERM', () => server.close())
       } catch (error) { log(error) }`,
      QUESTION('!(!process.env.DATABASE_URL)'),
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

describe('a server under a condition', () => {
  const CLOSED = 'present: On SIGTERM the server is closed'
  const LISTENS = `const server = app.listen(80)`
  const HANDLES = `process.on('SIGTERM', () => server.close())`

  test.each([
    ['with its handler', `if (!process.env.VERCEL) { ${LISTENS}; ${HANDLES} }`, CLOSED],
    [
      'with its handler in another statement',
      `let server\nif (!process.env.VERCEL) server = app.listen(80)\nif (!process.env.VERCEL) ${HANDLES}`,
      CLOSED,
    ],
    [
      'around the call of the function of both',
      `if (process.env.ROLE === 'web') startWeb()\nfunction startWeb() { ${LISTENS}; ${HANDLES} }`,
      CLOSED,
    ],
    [
      'around the call that leads to it',
      `if (process.env.ROLE === 'web') { const server = startWeb(); ${HANDLES} }
       function startWeb() { return listen() }\nfunction listen() { return app.listen(80) }`,
      CLOSED,
    ],
    [
      'behind a statement that leaves',
      `async function main() { if (process.env.ROLE === 'worker') { return work() } ${LISTENS}; ${HANDLES} }\nmain()`,
      CLOSED,
    ],
    [
      'in the branch that its handler is in',
      `if (process.env.WORKERS && cluster.isPrimary) process.on('SIGTERM', () => {})
       else { ${LISTENS}; ${HANDLES} }`,
      CLOSED,
    ],
    [
      'with its handler under one more',
      `if (!process.env.VERCEL) { ${LISTENS}; if (process.env.DRAIN) ${HANDLES} }`,
      'unknown: what drains on SIGTERM exists only where `process.env.DRAIN`: does that hold in production?',
    ],
    [
      'opposite to that of the handler',
      `let server\nif (process.env.EDGE) server = app.listen(80)\nif (!process.env.EDGE) ${HANDLES}`,
      'unknown: what drains on SIGTERM exists only where `!process.env.EDGE`: does that hold in production?',
    ],
  ])('%s', async (_, text, expected) => {
    const files = `import express from 'express'\nconst app = express()\n${text}`
    const found = (await practicesIn(files)).filter(({ pattern }) => pattern === 'graceful-shutdown')
    expect(found.map(({ state, detail, reason }) => `${state}: ${reason ?? detail}`)).toEqual([expected])
  })
})
