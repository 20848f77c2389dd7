import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Path, YamlDocument } from '../../src/inputs/yaml/document.js'
import { parseExactly } from '../../src/inputs/yaml/exact.js'
import { parsePlainly } from '../../src/inputs/yaml/plain.js'
import { yamlFilesUnder } from '../../src/knowledge/rule-files.js'

function placesIn({ value, sourceOf }: YamlDocument): unknown[] {
  const below = (at: unknown, path: Path): unknown[] => {
    const { line, column, endLine } = sourceOf(path)
    const inner = typeof at === 'object' && at !== null ? Object.entries(at) : []
    const steps = inner.map(([key, part]) => below(part, [...path, Array.isArray(at) ? Number(key) : key]))
    return [`${path.join('.')} ${line}:${column}-${endLine}`, ...steps.flat()]
  }
  return below(value, [])
}

const read = (documents: YamlDocument[] | null): unknown =>
  documents?.map((document) => ({ value: document.value, places: placesIn(document) }))

const inTwoWays = (text: string): [plain: unknown, exact: unknown] => {
  const exact = read(parseExactly({ path: 'a.yaml', text }))
  return [read(parsePlainly({ path: 'a.yaml', text })) ?? exact, exact]
}

describe('places of the fast reader', () => {
  it('equal those of the exact one in everything the project holds', () => {
    for (const file of ['rules/libraries', 'samples'].flatMap(yamlFilesUnder)) {
      const [plain, exact] = inTwoWays(readFileSync(file, 'utf8'))
      expect({ file, read: plain }).toEqual({ file, read: exact })
    }
  })

  it('equal them in whatever can be written', () => {
    const styles = fc.record({ indent: fc.integer({ min: 1, max: 4 }), indentSeq: fc.boolean() })
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), styles, fc.boolean(), (json, style, asYaml) => {
        fc.pre(!json.includes('"<<"')) // what is merged there is no map, and the exact parser refuses it
        const [plain, exact] = inTwoWays(asYaml ? stringify(JSON.parse(json), style) : json)
        expect(plain).toEqual(exact)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['several documents', 'a: 1\n---\nb:\n  c: 2\n---\n- d\n- e: f\n'],
    ['an empty document between two', 'a: 1\n---\n# nothing\n---\nb: 2\n'],
    ['values that are left out', 'a:\nb:\n\n# why\nc:\n  d:\n'],
    ['comments between and behind', '# x\na: # [y]\n  # {z}\n  b: 1 # end\n  # more\n\nc: 2\n'],
    ['collections in brackets', 'a: [1, {b: 2},\n  3]\nc: {\n  d: 4\n}\ne: []\n'],
    ['a list as far left as its key', 'a:\n- b: 1\n  c: 2\n-\n  d: 3\n'],
    ['lists in lists', 'a:\n  - - 1\n    - 2\n  - - 3\n'],
    ['blocks of text', 'a: |\n  x\n\n  y\n\nb: >-\n  z\n\n\nc: 1\n'],
    ['texts over several lines', 'a: one\n  two\nb: "x\n  y"\nc: 1\n'],
    ['items that are left out', 'a:\n  -\n  - 1\n'],
    ['keys without a value in brackets', 'a: {b, c: 1}\nd: [e: 2]\n'],
    ['keys that are no text', '1: a\ntrue: b\nnull: c\n'],
    ['lines of Windows', 'a:\r\n  b: 1\r\nc: 2\r\n'],
    ['no newline at the end', 'a:\n  - b'],
    ['collections as keys', 'a: {[b]: 1}\nc: {{d: 2}: 3}\n[e]: 4\n'],
    ['templates over several lines', 'a: one on\n  {{ $b }} and\n  - {{ c }}\nd: "x\n  {{ y }}"\n'],
    [
      'blocks that look like syntax',
      'a:\n  - b: |\n      * on (x)\n      &y !z ~: 1\n    c: &d 1\ne: >-\n  0b1\n',
    ],
    ['a mark at the beginning of the file', '\uFEFFa: 1\nb: 2\n'],
  ])('equal them in %s', (_, text) => {
    const [plain, exact] = inTwoWays(text)
    expect(plain).toEqual(exact)
  })
})

describe('an alias that names no anchor', () => {
  it('is a problem at its place: those of another document count for nothing', () => {
    const text = 'a: &shared\n  b: 1\n---\nc: 2\nd:\n  <<: *shared\n'
    const [first, second] = parseExactly({ path: 'k8s/a.yaml', text })
    expect(first?.value).toEqual({ a: { b: 1 } })
    expect(second?.value).toBeNull()
    expect(second?.problems).toEqual([
      {
        path: 'k8s/a.yaml',
        line: 6,
        column: 7,
        message:
          'the alias *shared names no anchor before it in this document; anchors do not reach over the mark ---',
      },
    ])
  })
})
