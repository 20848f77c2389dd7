import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { keepCompiled, loadCompiled } from '../../src/knowledge/compiled-code.js'

const folder = mkdtempSync(join(tmpdir(), 'compiled-'))
const source = join(folder, 'module.js')
writeFileSync(
  source,
  'const { sep } = require("node:path")\nexports.answer = () => [sep.length, __filename]\n',
)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const answerOf = (exports: unknown): unknown => (exports as { answer: () => unknown }).answer()
const kept = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.bin'))

it('loads a module as require would, without compiled code, with it, and with what is none', async () => {
  expect(answerOf(loadCompiled(source, folder))).toEqual([1, source])
  expect(kept()).toEqual([])
  await keepCompiled(source, folder, (exports) => {
    expect(answerOf(exports)).toEqual([1, source])
  })
  expect(kept()).toEqual([`module-${process.versions.v8}-${process.arch}.bin`])
  expect(answerOf(loadCompiled(source, folder))).toEqual([1, source])
  const file = join(folder, kept()[0]!)
  const content = readFileSync(file)
  for (const damaged of [Buffer.from('of another Node'), content.fill(0, 100, 200)]) {
    writeFileSync(file, damaged)
    expect(answerOf(loadCompiled(source, folder))).toEqual([1, source])
  }
})

it('is not taken in by code of another source of the same length', async () => {
  const text = readFileSync(source, 'utf8')
  writeFileSync(source, text.replace('sep.length', 'sep.trim()'))
  await keepCompiled(source, folder, () => undefined)
  writeFileSync(source, text)
  expect(answerOf(loadCompiled(source, folder))).toEqual([1, source])
})
