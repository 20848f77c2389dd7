/** Which functions, classes and methods nothing calls, though their module is loaded. */
import { describe, expect, test } from 'vitest'
import { factsOf } from './reading.js'

const SHOP = '{"name":"shop","private":true,"scripts":{"start":"node dist/main.js"}}'
const CALL = `await fetch('http://stock/items')`

type Sources = Record<string, string>

async function uncalled(job: string, main = '', more: Sources = {}): Promise<string[]> {
  const found = await factsOf('uncalled-code', {
    'package.json': SHOP,
    'src/main.ts': `import './job'\n${main}`,
    'src/job.ts': job,
    ...more,
  })
  return found.map(({ name }) => name)
}

describe('nothing calls', () => {
  test.each([
    ['a function', `async function send() { ${CALL} }`, 'send'],
    ['a function that calls itself', `async function send() { ${CALL}; send() }`, 'send'],
    ['an arrow function', `const send = async () => { ${CALL} }`, 'send'],
    ['an exported function', `/** send sends. */\nexport async function send() { ${CALL} }`, 'send'],
    ['a default export', `export default async function () { ${CALL} }`, 'default'],
    ['what is exported in a list', `async function send() { ${CALL} }\nexport { send as post }`, 'send'],
    ['what CommonJS exports', `async function send() { ${CALL} }\nmodule.exports = { send }`, 'send'],
    [
      'a function that only such a one calls',
      `async function send() { ${CALL} }\nexport const all = () => send()`,
      'send',
    ],
    ['a class', `export class Job { async send() { ${CALL} } }`, 'Job'],
    ['a method', `class Job { async send() { ${CALL} } }\nconst job = new Job()`, 'Job.send'],
    [
      'a private method',
      `class Job extends Base { private async send() { ${CALL} } }\nnew Job()`,
      'Job.send',
    ],
    [
      'a method of a class that a container makes',
      `@Injectable()\nexport class Job { async send() { ${CALL} } }`,
      'Job.send',
    ],
    ['a field with a function', `class Job { send = async () => { ${CALL} } }\nnew Job()`, 'Job.send'],
  ])('%s', async (_, job, name) => {
    expect(await uncalled(job)).toEqual([name])
  })

  const SEND = `export async function send() { ${CALL} }`

  test.each([
    ['an import that is not used', `import { send } from './job'`],
    ['an import of another name', `import { post } from './job'\npost()`],
    [
      'the same name of another module',
      `import { send } from './mail'\nsend()`,
      { 'src/mail.ts': `export const send = () => 1` },
    ],
    ['a re-export that nobody takes', `import './all'`, { 'src/all.ts': `export { send } from './job'` }],
    ['a test', '', { 'src/job.test.ts': `import { send } from './job'\nsend()` }],
    [
      'another package',
      '',
      {
        'mail/package.json': '{"name":"mail","private":true,"scripts":{"start":"node main.js"}}',
        'mail/main.js': `send()`,
      },
    ],
  ] as [string, string, Sources?][])('an exported function by %s', async (_, main, more) => {
    expect(await uncalled(SEND, main, more)).toEqual(['send'])
  })
})

describe('something may call', () => {
  test.each([
    ['a function that the module calls', `async function send() { ${CALL} }\nsend()`],
    ['a function in an object', `async function send() { ${CALL} }\nexport const jobs = { send }`],
    ['a function that is handed on', `export const send = memoize(async () => { ${CALL} })`],
    ['a function through another', `const one = async () => { ${CALL} }\nconst two = () => one()\ntwo()`],
    [
      'a method by another',
      `class Job { async send() { ${CALL} }\n constructor() { this.send() } }\nnew Job()`,
    ],
    ['a method by its name', `class Job { async send() { ${CALL} } }\nconst job = new Job()\njob['send']()`],
    [
      'a method by any name',
      `class Job { async send() { ${CALL} }\n go(name) { this[name]() } }\nnew Job().go('x')`,
    ],
    [
      'a method by a name put together',
      `class Job { async onOrder() { ${CALL} } }\nconst job = new Job()\njob[\`on\${event}\`]()`,
    ],
    ['a method that a base may call', `class Job extends Base { async send() { ${CALL} } }\nnew Job()`],
    ['a method of an interface', `class Job implements Sender { async send() { ${CALL} } }\nnew Job()`],
    ['a method with a decorator', `@Controller()\nclass Job { @Get() async send() { ${CALL} } }`],
    ['a method of frameworks', `@Injectable()\nclass Job { async onModuleInit() { ${CALL} } }`],
    ['a constructor', `class Job { constructor() { fetch('http://stock/items') } }\nnew Job()`],
    ['what runs on loading', `export const items = ${CALL}`],
  ])('%s', async (_, job) => {
    expect(await uncalled(job)).toEqual([])
  })

  const SEND = `export async function send() { ${CALL} }\nexport default send`

  test.each([
    ['an import', `import { send } from './job'\nsend()`],
    ['an import under another name', `import { send as post } from './job'\npost()`],
    ['an import of the default', `import post from './job'\npost()`],
    ['an import of all', `import * as job from './job'\njob.send()`],
    ['an import of all that is handed on', `import * as job from './job'\nrun(job)`],
    ['require', `const job = require('./job')\nrun(job)`],
    ['import()', `const job = await import('./job')\nrun(job)`],
    ['a re-export', `import { send } from './all'\nsend()`, { 'src/all.ts': `export * from './job'` }],
    [
      'a re-export under another name',
      `import { post } from './all'\npost()`,
      { 'src/all.ts': `export { send as post } from './job'` },
    ],
    [
      'a re-export of all',
      `import { job } from './all'\njob.send()`,
      { 'src/all.ts': `export * as job from './job'` },
    ],
    ['an import that leads nowhere', `import { send } from '~/job'\nsend()`],
    ['the name of its module', `new Worker('./job.js')`, { 'src/main.ts': `new Worker('./job.js')` }],
    ['a pattern of modules', `glob('dist/**/*.js')`],
    [
      'a platform that is told so',
      '',
      { 'serverless.yml': 'functions:\n  send:\n    handler: src/job.send' },
    ],
    [
      'components that are not read',
      '',
      { 'package.json': SHOP.replace('}}', '},"dependencies":{"vue":"3.0.0"}}') },
    ],
  ] as [string, string, Sources?][])('an exported function by %s', async (_, main, more) => {
    expect(await uncalled(SEND, main, more)).toEqual([])
  })

  describe('a method that a module names', () => {
    const METHOD = `export class Job { async send() { ${CALL} } }\nexport const job = new Job()`
    const root = { 'package.json': '{"name":"all","private":true,"workspaces":["*"]}' }
    const service = (name: string, dependencies = {}): string =>
      JSON.stringify({ name, private: true, scripts: { start: 'node src/main.js' }, dependencies })
    const named = (more: Sources): Promise<string[]> =>
      factsOf('uncalled-code', {
        ...root,
        'a/package.json': service('a', { util: '*' }),
        'a/src/main.ts': `import { job } from './job'\nimport { run } from 'util-a'\nrun(job)`,
        'a/src/job.ts': METHOD,
        ...more,
      }).then((found) => found.map(({ name }) => name))

    test('that its objects get to, by the packages in between', async () => {
      expect(
        await named({
          'util/package.json': '{"name":"util-a","private":true,"main":"src/index.ts"}',
          'util/src/index.ts': `export const run = (given: any) => given.send()`,
        }),
      ).toEqual([])
    })

    test('but not one of a service that has nothing to do with it', async () => {
      expect(
        await named({
          'b/package.json': service('b'),
          'b/src/main.ts': `import { other } from './other'\nother.send()`,
          'b/src/other.ts': `export const other = { send: () => fetch('http://mail') }`,
        }),
      ).toEqual(['Job.send'])
    })
  })

  test('what a published package gives out, also objects of its classes', async () => {
    const published = {
      'package.json': '{"name":"jobs","main":"dist/main.js"}',
      'src/main.ts': `export { send } from './job'\nexport { job } from './job'`,
    }
    const job = `${SEND}\nclass Job { async post() { ${CALL} } }\nexport const job = new Job()`
    expect(await uncalled(job, '', published)).toEqual([])
  })
})

describe('calls that nothing runs', () => {
  const CLIENT = `import axios from 'axios'\nconst http = axios.create({ baseURL: 'http://stock' })\n`

  test('weaken nothing that runs, and are judged apart', async () => {
    const clients = await factsOf('client', {
      'package.json': SHOP.replace('}}', '},"dependencies":{"axios":"1.13.0"}}'),
      'src/main.ts': `import './job'`,
      'src/job.ts': `${CLIENT}await http.get('/x', { timeout: 500 })\nexport const old = () => http.get('/old')\n`,
    })
    expect(clients.map(({ symbol, guards }) => [symbol, guards['http-timeout']?.state])).toEqual([
      ['src/job.ts#http', 'present'],
      ['src/job.ts#old', 'absent'],
    ])
  })

  test('are told apart from direct calls of the same file', async () => {
    const clients = await factsOf('client', {
      'package.json': SHOP,
      'src/main.ts': `import './job'`,
      'src/job.ts': `await fetch('http://stock/a')\nconst old = () => fetch('http://stock/a')`,
    })
    expect(clients.map(({ source, calls }) => [source.line, calls.length])).toEqual([
      [1, 1],
      [2, 1],
    ])
  })
})

describe('who alone calls it is told', () => {
  const why = async (sources: Sources): Promise<string[]> =>
    (await factsOf('uncalled-code', sources)).map((found) => `${found.name}: ${found.why}`)

  const api = `export class Api {
    static async load() { ${CALL} }
    static async preview() { ${CALL} }
  }`
  const site = (page: string): Sources => ({
    'package.json': SHOP.replace('}}', '},"dependencies":{"next":"15.0.0","express":"5.0.0"}}'),
    'src/main.ts': `import express from 'express'\nimport { Api } from './api'\nexpress().get('/', () => Api.load())`,
    'src/api.ts': api,
    'pages/index.tsx': page,
  })

  test('code of a user interface, in a module that the server loads as well', async () => {
    const page = `import { Api } from '../src/api'\nexport const Page = () => <a onClick={() => Api.preview()} />`
    expect(await why(site(page))).toEqual(['Api.preview: browser-only'])
  })

  test.each([
    [
      'a function beside it that the framework calls on the server',
      `import { Api } from '../src/api'\nexport const getServerSideProps = () => Api.preview()\nexport const Page = () => <a />`,
    ],
    [
      'a component that waits',
      `import { Api } from '../src/api'\nexport default async function Page() { await Api.preview(); return <a /> }`,
    ],
  ])('but not where %s calls it', async (_, page) => {
    expect(await why(site(page))).toEqual([])
  })

  test.each([
    [
      'that is declared to run on the server',
      {
        'src/api.ts': `'use server'\nexport class Api { static async load() {}\n static async preview() { ${CALL} } }`,
      },
    ],
    [
      'that a mail calls which the server renders',
      {
        'src/main.ts': `import express from 'express'\nimport { Mail } from './mail'\nimport { Api } from './api'\nexpress().get('/', () => [Api.load(), Mail()])`,
        'src/mail.tsx': `import { Api } from './api'\nexport const Mail = () => Api.preview()`,
      },
    ],
  ] as [string, Sources][])('but not of code %s', async (_, more) => {
    const page = `import { Api } from '../src/api'\nexport const Page = () => <a onClick={() => Api.preview()} />`
    expect(await why({ ...site(page), ...more })).toEqual([])
  })

  test('users of a published package', async () => {
    expect(
      await why({
        'package.json': '{"name":"jobs","main":"dist/main.js","files":["dist"],"bin":"dist/cli.js"}',
        'src/cli.ts': `import { all } from './job'\nall()`,
        'src/main.ts': `export { send, all } from './job'`,
        'src/job.ts': `export const send = async () => { ${CALL} }\nexport const all = async () => { ${CALL} }`,
      }),
    ).toEqual(['send: for-users'])
  })
})
