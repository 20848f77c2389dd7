import { describe, expect, it } from 'vitest'
import type { Format, InputFile } from '../../src/inputs/format.js'
import { loadFormats } from '../../src/inputs/load-formats.js'
import { mainOf, readersOf, together } from '../../src/inputs/readers.js'
import { journal, KILL, ran } from './formats/chaostoolkit/journals.js'

const formats = await loadFormats()
const MESH = { apiVersion: 'chaos-mesh.org/v1alpha1', kind: 'PodChaos', metadata: { name: 'kill' }, spec: {} }

function readersOfText(text: string, path = 'chaos/one.json', known: Format[] = formats): string[] {
  const file: InputFile = { path, extension: path.slice(path.lastIndexOf('.')), text, sha256: '' }
  return readersOf(file, known).map(({ name }) => name)
}

describe('the reader of a file', () => {
  it('is that of a journal, whatever its outputs quote', () => {
    const quoting = journal({ run: [ran(KILL, 1, 2, MESH)] })
    const text = JSON.stringify({ 'chaoslib-version': quoting['chaoslib-version'], ...quoting }, null, 1)
    expect(text).toContain('chaos-mesh.org/')
    expect(readersOfText(text)).toEqual(['chaostoolkit'])
    expect(readersOfText(`\uFEFF${text}`)).toEqual(['chaostoolkit'])
  })

  it('is that of the objects where a journal is only quoted', () => {
    const text = JSON.stringify({ ...MESH, 'chaoslib-version': '1.44.0' }, null, 1)
    expect(readersOfText(text)).toEqual(['chaos-mesh', 'kubernetes'])
  })

  it('is told by the whole text where the first characters do not tell', () => {
    const { 'chaoslib-version': version, ...rest } = journal()
    expect(readersOfText(JSON.stringify({ ...rest, 'chaoslib-version': version }))).toEqual(['chaostoolkit'])
    expect(readersOfText('{}')).toEqual([])
  })

  it('is that of the points of k6, whatever their tags name', () => {
    const metric = {
      type: 'Metric',
      data: { name: 'http_reqs', type: 'counter', contains: 'default' },
      metric: 'http_reqs',
    }
    const lines = [metric, { ...metric, quoted: MESH }].map((line) => JSON.stringify(line))
    expect(readersOfText(lines.join('\n'))).toEqual(['k6'])
  })
})

describe('what several readers say of one file', () => {
  const nothing = { facts: [], problems: [] }
  const elsewhere = { ...nothing, skipped: 'whatever it says', skippedAs: 'objects-of-others' as const }
  const unused = { ...nothing, skipped: 'no manifest of it is used' }

  it('is that it was skipped for what one of them could not use, not for objects of the others', () => {
    expect(together([elsewhere, unused]).skipped).toBe('no manifest of it is used')
    expect(mainOf([{ reading: elsewhere }, { reading: unused }]).reading).toBe(unused)
    expect(together([elsewhere, nothing]).skipped).toBeUndefined()
  })
})
