import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { wholeFile } from '../../src/inputs/whole-file.js'

const folder = mkdtempSync(join(tmpdir(), 'whole-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function found(name: string, content: string): { path: string; absolutePath: string; size: number } {
  const absolutePath = join(folder, name)
  writeFileSync(absolutePath, content)
  return { path: name, absolutePath, size: Buffer.byteLength(content) }
}

it.each(['', 'a', 'long '.repeat(50_000), 'short', 'longer '.repeat(90_000), ''])(
  'holds nothing of the file before: %#',
  (content) => {
    expect(wholeFile(found('one', content)).toString()).toBe(content)
  },
)

it('reads what a file holds now, not as much as it held when it was found', () => {
  const grown = found('grown', 'first\n')
  appendFileSync(grown.absolutePath, 'more\n'.repeat(300_000))
  expect(wholeFile(grown).length).toBe('first\n'.length + 300_000 * 'more\n'.length)
  const shrunk = found('shrunk', 'x'.repeat(1000))
  writeFileSync(shrunk.absolutePath, 'rest')
  expect(wholeFile(shrunk).toString()).toBe('rest')
})

it('throws for what cannot be read', () => {
  expect(() => wholeFile({ path: 'none', absolutePath: join(folder, 'none'), size: 1 })).toThrow(/ENOENT/)
  expect(() => wholeFile({ path: '.', absolutePath: folder, size: 1 })).toThrow(/EISDIR/)
})
