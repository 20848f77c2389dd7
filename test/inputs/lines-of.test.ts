import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FoundFile } from '../../src/inputs/discover.js'
import { unpacked } from '../../src/inputs/gzip.js'
import { headOf, isLineRecord, LinesOf } from '../../src/inputs/lines-of.js'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lines-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function written(text: string | Buffer): FoundFile {
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

  it('are the same where it was packed; the hash is that of the packed bytes', () => {
    const expected = Array.from({ length: 40_000 }, (_, index) => `{"${'é'.repeat(index % 17)}": ${index}}`)
    const bytes = gzipSync(expected.join('\n') + '\n')
    const found = written(bytes)
    const lines = new LinesOf(found)
    expect([...lines]).toEqual(expected)
    expect(lines.sha256()).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(headOf(found).split('\n').slice(0, 3)).toEqual(expected.slice(0, 3))
    expect(isLineRecord(found)).toBe(true)
  })

  it('of a packed file that was cut off are none, and its reading failed', () => {
    const lines = new LinesOf(written(gzipSync('{"a": 1}\n'.repeat(50_000)).subarray(0, 90)))
    expect([...lines]).toEqual([])
    expect(lines.completed({ facts: [], problems: [] }).failed).toMatch(/truncated or damaged/)
  })

  it('of a packed file that holds more than is held are none, and what to do is said', () => {
    const { absolutePath } = written(gzipSync(Buffer.alloc(3 * 1024 * 1024, 'a')))
    expect(() => unpacked(absolutePath, () => undefined, 2 * 1024 * 1024)).toThrow(
      /over 2 MB uncompressed: decompress it/,
    )
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
