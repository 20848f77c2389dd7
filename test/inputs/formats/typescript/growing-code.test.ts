/** What is written in a chain of links that each name the one before twice must not cost twice as much for each link. */
import { expect, test } from 'vitest'
import { read } from './reading.js'

const LINKS = 40
const HEAD = `import axios from 'axios'
import express from 'express'
import pRetry from 'p-retry'
const app = express()
app.listen(3000)
`

const chain = (link: (i: number) => string): string =>
  Array.from({ length: LINKS }, (_, i) => link(i + 1)).join('\n')
const last = LINKS

test('modules that each spread two others are read', async () => {
  const layers = Array.from({ length: LINKS }, (_, i) => i)
  const spread = (i: number): string =>
    i === 0
      ? `module.exports = { a: 1 }`
      : `module.exports = { ...require('./a${i - 1}'), ...require('./b${i - 1}') }`
  const sources = Object.fromEntries(
    layers.flatMap((i) => [
      [`a${i}.js`, spread(i)],
      [`b${i}.js`, spread(i)],
    ]),
  )
  const main = `const all = require('./a${LINKS - 1}')\nfetch('http://stock', all.missing)`
  const { facts } = await read({ ...sources, 'main.js': main })
  expect(facts.length).toBeGreaterThan(0)
})

test.each([
  [
    'objects that spread each other',
    `const o0 = { a: 1 }\n${chain((i) => `const o${i} = { ...o${i - 1}, ...o${i - 1} }`)}\naxios.create(o${last}).get('/x', o${last})`,
  ],
  [
    'functions that spread what others give',
    `const o0 = () => ({ a: 1 })\n${chain((i) => `const o${i} = (x) => ({ ...o${i - 1}(x), ...o${i - 1}({ x }) })`)}\naxios.get('/x', o${last}(1))`,
  ],
  [
    'choices',
    `const a0 = axios.create()\n${chain((i) => `const a${i} = ask() ? a${i - 1} : a${i - 1} ?? a${i - 1}`)}\na${last}.get('/x')`,
  ],
  [
    'functions that call one another with other options',
    `const f0 = (o) => axios.create(o)\n${chain((i) => `function f${i}(o) { f${i - 1}({ ...o, timeout: o.t }); return f${i - 1}(o) }`)}\nf${last}({ t: 1 }).get('/x')`,
  ],
  [
    'methods that hand a signal on',
    `class A { constructor(private c) {} async f0(s) { return this.c.get('/x', { signal: s }) }\n${chain((i) => `async f${i}(s) { await this.f${i - 1}(s); await this.f${i - 1}({ ...s }) }`)} }\nnew A(axios.create()).f${last}({})`,
  ],
  [
    'wrappers around wrappers',
    `const w0 = (fn) => pRetry(fn)\n${chain((i) => `const w${i} = (fn) => w${i - 1}(() => w${i - 1}(fn))`)}\nw${last}(() => fetch('http://x'))`,
  ],
  [
    'races of races',
    `const p0 = fetch('http://x')\n${chain((i) => `const p${i} = Promise.race([p${i - 1}, Promise.all([p${i - 1}, p${i - 1}])])`)}\nawait p${last}`,
  ],
  [
    'loops and second tries',
    `async function f0() { await fetch('http://x') }\n${chain((i) => `async function f${i}(xs) { for (const x of xs) { try { await f${i - 1}(x) } catch { await f${i - 1}(x) } } }`)}\nf${last}([])`,
  ],
  [
    'classes that make two of another',
    `class C0 { constructor(h) { this.h = h } m() { return this.h.get('/x') } }\n${chain((i) => `class C${i} { constructor(h) { this.a = new C${i - 1}(h); this.b = new C${i - 1}(h) } m() { this.a.m(); return this.b.m() } }`)}\nnew C${last}(axios.create()).m()`,
  ],
  [
    'classes that extend each other',
    `class C0 { m() { return fetch('http://x') } }\n${chain((i) => `class C${i} extends C${i - 1} { m() { return super.m() ?? super.m() } }`)}\nnew C${last}().m()`,
  ],
  [
    'delays and conditions',
    `const d0 = (k) => k\n${chain((i) => `const d${i} = (k) => Math.min(d${i - 1}(k), d${i - 1}(k + 1))`)}\nfor (let k = 0; k < 5; k++) { try { await fetch('http://x'); break } catch (e) { if (d${last}(e)) throw e; await new Promise((r) => setTimeout(r, d${last}(k))) } }`,
  ],
  [
    'routers in routers',
    `const r0 = express.Router()\n${chain((i) => `const r${i} = express.Router(); r${i}.use(r${i - 1}); r${i}.use('/x${i}', r${i - 1})`)}\napp.use(r${last})\nr0.get('/health', () => fetch('http://x'))`,
  ],
  [
    'signals of signals',
    `const s0 = AbortSignal.timeout(3)\n${chain((i) => `const s${i} = AbortSignal.any([s${i - 1}, s${i - 1}])`)}\nfetch('http://x', { signal: s${last} })`,
  ],
  [
    'loops in loops',
    `${chain((i) => `for (let k${i} = 0; k${i} < 3; k${i}++) { try {`)} await fetch('http://x') ${chain((i) => `} catch (e) { if (k${last + 1 - i} === 2) throw e } }`)}`,
  ],
])('%s are read', async (_, text) => {
  const { facts } = await read({ 'package.json': '{"name":"shop"}', 'main.ts': HEAD + text })
  expect(facts.length).toBeGreaterThan(0)
})
