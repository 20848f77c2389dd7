import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { checkYaml, loadYaml, UserError } from '../../src/knowledge/load.js'
import { yamlFilesUnder } from '../../src/knowledge/rule-files.js'

const schema = z.strictObject({
  id: z.string(),
  limits: z.strictObject({ seconds: z.number().positive() }).optional(),
  steps: z.array(z.strictObject({ name: z.string() })).default([]),
})

/** The lines of the UserError that a text gives. */
function faults(text: string): string[] {
  try {
    checkYaml('rules/x.yaml', text, schema)
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n')
    throw error
  }
  return []
}

describe('a YAML file against its schema', () => {
  it('gives the value, and the place of every part of it', () => {
    const { value, position } = checkYaml(
      'x.yaml',
      'id: a\nlimits:\n  seconds: 5\nsteps:\n  - name: b\n',
      schema,
    )
    expect(value).toEqual({ id: 'a', limits: { seconds: 5 }, steps: [{ name: 'b' }] })
    expect(position(['limits', 'seconds'])).toBe('3:12')
    expect(position(['steps', 0, 'name'])).toBe('5:11')
    expect(position(['steps', 7])).toBe('5:3')
    expect(position(['nothing'])).toBe('1:1')
  })

  it('says where the YAML is broken', () => {
    expect(faults('id: a\nsteps: [one\n')).toEqual([
      'rules/x.yaml:3:1 Flow sequence in block collection must be sufficiently indented and end with a ]',
    ])
    expect(faults('id: a\n\tb: 1\n')[0]).toMatch(/^rules\/x\.yaml:2:1 /)
    expect(faults('id: a\nid: b\n')).toEqual(['rules/x.yaml:2:1 Map keys must be unique'])
    expect(faults('id: a\n---\nid: b\n')[0]).toMatch(/^rules\/x\.yaml:2:1 Source contains multiple documents/)
  })

  it('points at the value of a wrong type, and at the map that lacks a field', () => {
    expect(faults('id: a\nlimits:\n  seconds: soon\n')).toEqual([
      'rules/x.yaml:3:12 limits.seconds: Invalid input: expected number, received string',
    ])
    expect(faults('id: a\nsteps:\n  - name: b\n  - {}\n')).toEqual([
      'rules/x.yaml:4:5 steps.1.name: Invalid input: expected string, received undefined',
    ])
  })

  it('points at a key that it does not know', () => {
    expect(faults('id: a\nlimits:\n  seconds: 5\n  second: 6\n')).toEqual([
      'rules/x.yaml:4:3 limits: Unrecognized key: "second"',
    ])
    expect(faults('id: a\nfirst: 1\nlast: 2\n')).toEqual([
      'rules/x.yaml:2:1 Unrecognized keys: "first", "last"',
    ])
  })

  it('names every fault, not the first only', () => {
    expect(faults('id: 1\nlimits:\n  seconds: -1\n').map((line) => line.split(' ')[0])).toEqual([
      'rules/x.yaml:1:5',
      'rules/x.yaml:3:12',
    ])
  })

  it.each(['', '# nothing but a comment\n', 'null'])('%j holds nothing', (text) => {
    expect(faults(text)).toEqual(['rules/x.yaml:1:1 Invalid input: expected object, received null'])
  })

  it('refuses what would grow without bound, and names that nothing has', () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}*l${n}]`,
    )
    expect(faults(`l0: &l0 [x]\n${levels.join('\n')}\nid: a\n`)[0]).toMatch(/^rules\/x\.yaml:1:1 .*alias/i)
    expect(faults('id: *gone\n')[0]).toMatch(/^rules\/x\.yaml:1:\d+ .*alias/i)
  })
})

describe('files and folders', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'load-'))
    mkdirSync(join(folder, 'b'))
    for (const name of ['c.yaml', 'a.yml', 'b/z.yaml', 'notes.md', 'b/x.yaml.bak'])
      writeFileSync(join(folder, name), 'id: a')
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it('are listed in fixed order, YAML only', () => {
    const names = yamlFilesUnder(folder).map((file) => file.slice(folder.length + 1))
    expect(names).toEqual(['a.yml', 'b/z.yaml', 'c.yaml'])
  })

  it('an absent folder holds none', () => {
    expect(yamlFilesUnder(join(folder, 'nowhere'))).toEqual([])
  })

  it('a file that cannot be read is the user’s matter', () => {
    expect(() => loadYaml(join(folder, 'nowhere.yaml'), schema)).toThrow(
      `${join(folder, 'nowhere.yaml')}: cannot be read (ENOENT); check the path and its permissions`,
    )
    expect(() => loadYaml(folder, schema)).toThrow(UserError)
  })
})
