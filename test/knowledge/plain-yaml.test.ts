import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments, stringify } from 'yaml'
import { yamlFilesUnder } from '../../src/knowledge/rule-files.js'
import { plainDocuments } from '../../src/knowledge/plain-yaml.js'

const exact = (text: string): unknown[] =>
  [...parseAllDocuments(text, { merge: true, logLevel: 'silent' })].map((document): unknown =>
    document.toJS(),
  )

describe('plain YAML', () => {
  it('equals the exact parser on everything the project holds', () => {
    const files = ['rules', 'samples', 'test/rules'].flatMap(yamlFilesUnder)
    const texts = files.map((file) => ({ file, text: readFileSync(file, 'utf8') }))
    const read = texts.map(({ file, text }) => ({ file, text, values: plainDocuments(text) }))
    for (const { file, text, values } of read)
      if (values) expect({ file, values }).toEqual({ file, values: exact(text) })
    expect(read.filter(({ values }) => values === null).length).toBeLessThan(files.length / 5)
  })

  it('equals it on whatever can be written', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (json) => {
        fc.pre(!json.includes('"<<"')) // what is merged there is no map, and the exact parser refuses it
        const text = stringify(JSON.parse(json))
        expect(plainDocuments(text) ?? exact(text)).toEqual(exact(text))
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['several documents', 'a: 1\n---\n# nothing\n---\nb: 2\n'],
    ['words that are truth values in YAML 1.1 only', 'a: yes\nb: off\nc: True\n'],
    ['numbers', 'a: 0o17\nb: 017\nc: 1e3\nd: .5\ne: -.inf\nf: 0x1F\ng: +1\nh: 1.\n'],
    ['days and times, which are text', 'a: 2026-01-02\nb: 12:30:45\n'],
    ['nothing', 'a: ~\nb:\nc: null\n'],
    ['quotes', `a: 'x: {{ y }}, {{z}}'\nb: "{{ q }}: \\"{{r}}\\""\nc: 'it''s {{ d }}'\n`],
    ['quotes over several lines', `a: 'one\n  b: "{{ c }}"\n  *d'\ne: "f\n  - 'g'\n  &h"\n`],
    ['blocks that look like something else', 'a: |\n  &x *y !z\n  - b\nc: >-\n  d:\n  e\n'],
  ])('reads %s as the exact parser does', (_, text) => {
    expect(plainDocuments(text) ?? exact(text)).toEqual(exact(text))
  })

  it('reads a template in quotes', () => {
    expect(plainDocuments(`message: 'waits: {{reason}}'`)).toEqual([{ message: 'waits: {{reason}}' }])
  })

  it.each([
    ['an anchor and its alias', 'a: &x {b: 1}\nc: *x\n'],
    ['a merge key', 'a:\n  <<: {b: 1}\n'],
    ['a merge key in quotes', 'a:\n  "<<": null\n'],
    ['a tag', 'a: !custom b\n'],
    ['a key that is a map', 'a: {{ b }}\n'],
    ['a number of YAML 1.1', 'a: 1_000\n'],
    ['a key that is nothing', 'null: 1\n'],
    ['a key that stands there twice', 'a: 1\na: 2\n'],
    ['broken text', 'a: [1\n'],
  ])('leaves %s to the exact parser', (_, text) => {
    expect(plainDocuments(text)).toBeNull()
  })
})
