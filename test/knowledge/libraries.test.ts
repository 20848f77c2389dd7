import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readFileSync } from 'node:fs'
import { defaultsFor, holdsFor } from '../../src/knowledge/libraries/versions.js'
import { loadLibraries, nameMatches } from '../../src/knowledge/libraries.js'
import { necessaryText } from '../../src/knowledge/library-text.js'
import { UserError } from '../../src/knowledge/load.js'
import { BUILT_IN_RULES } from '../../src/knowledge/rule-files.js'

const libraries = loadLibraries()
const byId = new Map(libraries.map((library) => [library.id, library]))
const folder = mkdtempSync(join(tmpdir(), 'libraries-'))
mkdirSync(join(folder, 'libraries'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (text: string): void => writeFileSync(join(folder, 'libraries', 'own.yaml'), text)

describe('the built-in libraries', () => {
  test('every guard is a word of the vocabulary', () => {
    const { patterns } = parse(readFileSync(join(BUILT_IN_RULES, 'policies', 'patterns.yaml'), 'utf8')) as {
      patterns: Record<string, string>
    }
    const used = libraries.flatMap(({ guards, wraps }) => [
      ...Object.keys(guards),
      ...wraps.flatMap(({ gives }) => Object.keys(gives)),
    ])
    expect(used.filter((pattern) => !(pattern in patterns))).toEqual([])
  })

  test('every library can be recognised, and every client has a protocol and a way to be called', () => {
    for (const library of libraries) {
      expect(Object.values(necessaryText(library)).flat(), library.id).not.toEqual([])
      if (library.kind !== 'client') continue
      expect(library.protocol, library.id).toBeDefined()
      expect(library.direct || library.creates.length > 0 || library.types.length > 0, library.id).toBe(true)
    }
  })

  test('a bounded default says how long, a missing one says why', () => {
    const timeouts = libraries.flatMap(({ id, guards }) =>
      Object.entries(guards).map(([pattern, facts]) => ({ id, pattern, facts })),
    )
    for (const { id, pattern, facts } of timeouts.filter(({ pattern }) => pattern.endsWith('timeout'))) {
      for (const entry of facts.defaults) {
        expect(entry.reason.length, `${id} ${pattern}`).toBeGreaterThan(10)
        if (entry.state === 'present') expect(entry.value, `${id} ${pattern}`).toBeGreaterThan(0)
      }
    }
  })
})

describe('defaults', () => {
  test('follow the version', () => {
    const { guards, checked } = byId.get('stripe')!
    expect(defaultsFor(guards['http-retry']!, checked, '12.18.0')).toMatchObject([{ state: 'absent' }])
    expect(defaultsFor(guards['http-retry']!, checked, '17.7.0')).toMatchObject([
      { state: 'present', value: 2 },
    ])
  })

  test('are all that a range of versions allows', () => {
    const { guards, checked } = byId.get('stripe')!
    expect(defaultsFor(guards['http-retry']!, checked, '^12.0.0')).toMatchObject([{ state: 'absent' }])
    expect(defaultsFor(guards['http-retry']!, checked, '12.18.0 || 17.7.0')).toMatchObject([
      { state: 'present', value: 2 },
      { state: 'absent' },
    ])
  })

  test('that no longer hold after the versions that were read are unknown there', () => {
    const { guards, checked } = byId.get('redis')!
    expect(defaultsFor(guards['redis-timeout']!, checked, '6.3.1')).toMatchObject([{ state: 'absent' }])
    expect(defaultsFor(guards['redis-timeout']!, checked, '6.4.0')).toMatchObject([{ state: 'unknown' }])
  })

  test('are unknown outside of what was checked, and without a version when they differ', () => {
    const { guards, checked } = byId.get('redis')!
    expect(defaultsFor(guards['redis-timeout']!, checked, '7.0.0')).toBeNull()
    expect(defaultsFor(guards['redis-timeout']!, checked, '>=4.0.0')).toBeNull()
    expect(defaultsFor(guards['redis-timeout']!, checked, null)).toHaveLength(2)
    expect(defaultsFor(guards['connect-timeout']!, checked, null)).toMatchObject([{ value: 5000 }])
  })

  test('of an option hold for all, some or none of the versions that may be installed', () => {
    expect(holdsFor('>=4.4.0', '4.5.1', 'all')).toBe(true)
    expect(holdsFor('>=4.4.0', '^4.0.0', 'some')).toBe(true)
    expect(holdsFor('>=4.4.0', '^4.0.0', 'all')).toBe(false)
    expect(holdsFor('>=4.4.0', '^3.0.0', 'some')).toBe(false)
    expect(holdsFor('>=4.4.0', null, 'all')).toBe(false)
    expect(holdsFor('*', null, 'all')).toBe(true)
  })
})

test('names match with a star for any part', () => {
  expect(nameMatches('*Client', 'S3Client')).toBe(true)
  expect(nameMatches('*Client', 'PutObjectCommand')).toBe(false)
  expect(nameMatches('create', 'createPool')).toBe(false)
})

describe("the user's own libraries", () => {
  test('are added, and replace built-in ones of the same id', () => {
    write('id: axios\ntitle: our axios\nprotocol: http\nimports: ["@shop/axios"]\ndirect: true\n')
    const loaded = loadLibraries([folder])
    expect(loaded.length).toBe(libraries.length)
    expect(loaded.find(({ id }) => id === 'axios')?.imports).toEqual(['@shop/axios'])
  })

  test('a mistake names its place', () => {
    write('id: own\ntitle: Own\nimports: [own]\nchecked: not a range\n')
    expect(() => loadLibraries([folder])).toThrow(UserError)
    expect(() => loadLibraries([folder])).toThrow(/own\.yaml:4:10 checked: is not a semver range/)
  })

  test('two files of one folder cannot share an id', () => {
    write('id: own\ntitle: Own\nimports: [own]\n')
    writeFileSync(join(folder, 'libraries', 'zweit.yaml'), 'id: own\ntitle: Own\nimports: [own]\n')
    expect(() => loadLibraries([folder])).toThrow(/zweit\.yaml:1:5 id own is already used by .*own\.yaml/)
  })
})
