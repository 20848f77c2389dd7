import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readThrough } from '../../src/inputs/cache.js'
import { discover, type Discovery } from '../../src/inputs/discover.js'
import * as read from '../../src/inputs/read.js'
import { loadLibraries } from '../../src/knowledge/libraries.js'

const libraries = loadLibraries()
const CONTEXT = { libraries: () => libraries, prefilter: true }
const MANIFEST = 'apiVersion: v1\nkind: Service\nmetadata: {name: cart}\nspec: {selector: {app: cart}}\n'
let root: string
let folder: string
const reading = vi.spyOn(read, 'readInputs')

vi.mock('../../src/inputs/read.js', { spy: true })

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'system-'))
  folder = mkdtempSync(join(tmpdir(), 'cache-'))
  writeFileSync(join(root, 'cart.yaml'), MANIFEST)
  reading.mockClear()
})
afterEach(() => {
  for (const each of [root, folder]) rmSync(each, { recursive: true, force: true })
})

const found = (): Discovery => discover([root], { include: [], exclude: [] })
const through = (reader = 'build rules', context = CONTEXT): Promise<read.Inputs> =>
  readThrough({ folder, reader }, found(), context)

describe('readThrough', () => {
  it('gives the same of a whole system, read or recalled', async () => {
    root = mkdtempSync(join(tmpdir(), 'system-'))
    const sample = discover([resolve('samples/lomash-wood')], { include: [], exclude: [] })
    const first = await readThrough({ folder, reader: 'one' }, sample, CONTEXT)
    const again = await readThrough({ folder, reader: 'one' }, sample, CONTEXT)
    expect(reading).toHaveBeenCalledTimes(1)
    expect(first.facts.all().length).toBeGreaterThan(100)
    expect(again).toEqual(first)
  })

  it.each<[string, () => Promise<unknown>]>([
    [
      'another content',
      () => through().finally(() => writeFileSync(join(root, 'cart.yaml'), `${MANIFEST} `)),
    ],
    ['another file', () => through().finally(() => writeFileSync(join(root, 'b.yaml'), MANIFEST))],
    [
      'another name',
      () => through().finally(() => renameSync(join(root, 'cart.yaml'), join(root, 'b.yaml'))),
    ],
    [
      'another content of a file read line by line',
      async () => {
        const lines = `${'{"a": 1}\n'.repeat(1_200_000)}`
        writeFileSync(join(root, 'lines.json'), lines)
        await through()
        writeFileSync(join(root, 'lines.json'), lines.replace('1}\n{', '2}\n{'))
      },
    ],
    ['another reader', () => through('another build')],
    ['no prefilter', () => through('build rules', { ...CONTEXT, prefilter: false })],
  ])('reads again for %s', async (_, before) => {
    await before()
    await through()
    expect(reading).toHaveBeenCalledTimes(2)
  })

  it('reads again what was kept only in part', async () => {
    await through()
    const [entry] = readdirSync(folder)
    writeFileSync(join(folder, entry!), 'broken')
    expect((await through()).facts.of('service')).toHaveLength(1)
    expect(reading).toHaveBeenCalledTimes(2)
    await through()
    expect(reading).toHaveBeenCalledTimes(2)
  })

  it('reads again what was damaged by a bit', async () => {
    await through()
    const entry = join(folder, readdirSync(folder)[0]!)
    const bytes = readFileSync(entry)
    bytes[bytes.length - 20]! ^= 1
    writeFileSync(entry, bytes)
    expect((await through()).facts.of('service')[0]!.name).toBe('cart')
    expect(reading).toHaveBeenCalledTimes(2)
  })

  it('keeps nothing of a file that was saved while it was read', async () => {
    reading.mockImplementationOnce(async (...given) => {
      writeFileSync(join(root, 'cart.yaml'), MANIFEST.replaceAll('cart', 'till'))
      const { readInputs } = await vi.importActual<typeof read>('../../src/inputs/read.js')
      return readInputs(...given)
    })
    expect((await through()).facts.of('service')[0]!.name).toBe('till')
    writeFileSync(join(root, 'cart.yaml'), MANIFEST)
    expect((await through()).facts.of('service')[0]!.name).toBe('cart')
  })

  it('works without a folder that can be written', async () => {
    rmSync(folder, { recursive: true })
    expect((await through()).facts.of('service')).toHaveLength(1)
    expect((await through()).facts.of('service')).toHaveLength(1)
  })

  it('keeps a dozen, the last used ones', async () => {
    await through('first')
    const [first] = readdirSync(folder)
    utimesSync(join(folder, first!), 1, 1)
    for (let reader = 0; reader < 12; reader++) await through(`${reader}`)
    expect(readdirSync(folder)).toHaveLength(12)
    expect(readdirSync(folder)).not.toContain(first)
  })

  it('removes what a run that was ended left half written, and leaves what another run is writing', async () => {
    const half = (byte: string): string => `inputs-${'0'.repeat(64)}.bin.${byte.repeat(12)}.tmp`
    for (const byte of ['a', 'b']) writeFileSync(join(folder, half(byte)), 'half')
    const twoHoursAgo = Date.now() / 1000 - 7200
    utimesSync(join(folder, half('a')), twoHoursAgo, twoHoursAgo)
    await through()
    expect(readdirSync(folder)).not.toContain(half('a'))
    expect(readdirSync(folder)).toContain(half('b'))
  })

  it('keeps nothing and asks for nothing when there is no cache', async () => {
    expect((await readThrough(null, found(), CONTEXT)).facts.of('service')).toHaveLength(1)
    expect(readdirSync(folder)).toEqual([])
  })
})
