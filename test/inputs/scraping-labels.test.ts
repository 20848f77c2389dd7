import { describe, expect, it } from 'vitest'
import { Field } from '../../src/inputs/field.js'
import { writtenByRelabelling } from '../../src/inputs/scraping/labels.js'
import { parseYaml } from '../../src/inputs/yaml/parse.js'

const written = (text: string): unknown =>
  parseYaml({ path: 'a.yaml', text }).flatMap((document) => writtenByRelabelling(Field.of(document, [])))

describe('labels that relabelling writes', () => {
  it('have a value where it is written out, in both spellings', () => {
    expect(written('[{ target_label: job, replacement: cart }]')).toEqual([{ label: 'job', value: 'cart' }])
    expect(written('[{ targetLabel: job, replacement: cart }]')).toEqual([{ label: 'job', value: 'cart' }])
  })

  it('have an unknown one where it is taken from what is discovered', () => {
    expect(written('[{ target_label: job, source_labels: [a] }]')).toEqual([{ label: 'job', value: null }])
    expect(written("[{ target_label: job, replacement: '$1-x' }]")).toEqual([{ label: 'job', value: null }])
    expect(written('[{ action: labelmap, regex: a_(.+) }]')).toEqual([{ label: '*', value: null }])
  })

  it('are none where a target is chosen or changed inside of Prometheus only', () => {
    expect(written('[{ action: keep, source_labels: [a] }, { target_label: __address__ }]')).toEqual([])
  })
})
