import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FoundFile } from '../../src/inputs/discover.js'
import { headOf, isLineRecord, LinesOf } from '../../src/inputs/lines-of.js'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lines-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function written(text: string): FoundFile {
  const absolutePath = join(root, 'a.json')
  writeFileSync(absolutePath, text)
  return { path: 'a.json', absolutePath, size: text.length }
}

describe('the lines of a long file', () => {
  it('are those of the file, wherever its pieces end, and its hash that of its bytes', () => {
    const expected = Array.from({ length: 40_000 }, (_, index) => `${'é'.repeat(index % 17)}${index}`)
    const text = expected.join('\r\n')
    const lines = new LinesOf(written(text))
    expect([...lines]).toEqual(expected)
    expect(lines.sha256()).toBe(createHash('sha256').update(text).digest('hex'))
  })

  it('are cut where no format has such', () => {
    const lines = [...new LinesOf(written(`${'x'.repeat(20_000_000)}\nend`))]
    expect(lines.map(({ length }) => length < 3_000_000)).toEqual([true, true])
    expect(lines[1]).toBe('end')
  })

  it('of a file that is gone are none, and its reading failed', () => {
    const found = { ...written(''), absolutePath: join(root, 'gone.json') }
    const lines = new LinesOf(found)
    expect([...lines]).toEqual([])
    expect(lines.completed({ facts: [], problems: [] }).failed).toMatch(/cannot be read \(ENOENT\)/)
    expect(headOf(found)).toBe('')
  })

  it.each([
    ['{"a": 1}\n{"a": 2}\n', true],
    ['{"a": 1}', false],
    ['{\n  "a": 1\n}\n', false],
    ['[1]\n[2]\n', false],
    ['', false],
  ])('may be records: %j', (text, expected) => expect(isLineRecord(written(text))).toBe(expected))
})
