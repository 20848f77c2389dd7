import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { afterAll, describe, expect, it } from 'vitest'
import { preparedKnowledge } from '../../scripts/prepared-knowledge.js'
import { loadLibraries } from '../../src/knowledge/libraries.js'
import { prepare, readPrepared } from '../../src/knowledge/prepared.js'
import { BUILT_IN_RULES, yamlFilesUnder } from '../../src/knowledge/rule-files.js'

const { content, rules } = preparedKnowledge()
const folder = mkdtempSync(join(tmpdir(), 'prepared-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function written(content: Buffer): string {
  const file = join(folder, 'knowledge.bin')
  writeFileSync(file, content)
  return file
}

describe('prepared knowledge', () => {
  it('holds every file as it is read, regular expressions included', () => {
    const values = readPrepared(written(content))
    expect([...values.keys()].sort()).toEqual(
      yamlFilesUnder(BUILT_IN_RULES)
        .map((file) => relative(BUILT_IN_RULES, file))
        .sort(),
    )
    for (const library of loadLibraries()) expect(values.get(`libraries/${library.id}.yaml`)).toEqual(library)
    expect(rules.map(({ id }) => id)).toContain('code-http-timeout')
  })

  it('is not used when a file was changed since', () => {
    const kept = deserialize(content) as { digest: string; values: Map<string, unknown> }
    expect(readPrepared(written(serialize({ ...kept, digest: 'of another state' })))).toEqual(new Map())
  })

  it('is not used when it cannot be read, or is not there', () => {
    expect(readPrepared(written(Buffer.from('of another Node')))).toEqual(new Map())
    expect(readPrepared(join(folder, 'absent.bin'))).toEqual(new Map())
  })

  it('is refused when nothing has read a file', () => {
    expect(() => prepare(() => undefined)).toThrow(/nothing has read .*code-http-timeout\.yaml/)
  })
})
