import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadCompiled } from '../../../../src/inputs/formats/typescript/compiled-code.js'

const folder = mkdtempSync(join(tmpdir(), 'compiled-'))
const source = join(folder, 'module.js')
const kept = join(folder, 'module.bin')
writeFileSync(
  source,
  'const { sep } = require("node:path")\nexports.answer = () => [sep.length, __filename]\n',
)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const answerOf = (exports: unknown): unknown => (exports as { answer: () => unknown }).answer()

it('loads a module as require would, without compiled code, with it, and with what is none', () => {
  const first = loadCompiled(source, kept)
  expect(answerOf(first.exports)).toEqual([1, source])
  first.keep()
  expect(existsSync(kept)).toBe(true)
  expect(answerOf(loadCompiled(source, kept).exports)).toEqual([1, source])
  writeFileSync(kept, 'of another Node')
  expect(answerOf(loadCompiled(source, kept).exports)).toEqual([1, source])
})
