import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { schemaOf } from '../src/print-schema.js'
import { sampleResult } from './report/sample-result.js'

const kinds = schemaOf(undefined).trimEnd().split('\n')

function valid(kind: string, value: unknown): boolean {
  return new Ajv2020({ strict: false, validateFormats: false }).validate(JSON.parse(schemaOf(kind)), value)
}

describe('the schema of a kind of file', () => {
  it.each(kinds)('%s is a JSON Schema', (kind) => {
    const schema: unknown = JSON.parse(schemaOf(kind))
    expect(new Ajv2020({ strict: false, validateFormats: false }).validateSchema(schema as object)).toBe(true)
    expect(schema).toMatchObject({ type: 'object' })
  })

  it('accepts what the program accepts', () => {
    expect(valid('rule', parse(readFileSync('rules/kubernetes/kubernetes-replicas.yaml', 'utf8')))).toBe(true)
    expect(valid('chain-pattern', parse(readFileSync('rules/chains/retry-storm.yaml', 'utf8')))).toBe(true)
    expect(valid('library', parse(readFileSync('rules/libraries/axios.yaml', 'utf8')))).toBe(true)
    expect(valid('configuration', parse(readFileSync('samples/lomash-wood/resilience.yaml', 'utf8')))).toBe(
      true,
    )
    expect(valid('configuration', {})).toBe(true)
    expect(sampleResult.questions).not.toEqual([])
    expect(valid('result', sampleResult)).toBe(true)
  })

  it('refuses what the program refuses', () => {
    expect(valid('configuration', { excludes: [] })).toBe(false)
    expect(valid('rule', { id: 'x' })).toBe(false)
    expect(valid('result', {})).toBe(false)
    const [question] = sampleResult.questions
    expect(valid('result', { ...sampleResult, questions: [{ ...question, severity: 'bad' }] })).toBe(false)
  })

  it('takes a kind as it is written in files', () => {
    expect(schemaOf('ExperimentLog')).toBe(schemaOf('experiment-log'))
  })

  it.each(['nonsense', 'constructor', ''])('%j is no kind', (kind) => {
    expect(() => schemaOf(kind)).toThrow(`${kind}: no such kind of file; available: result, configuration, `)
  })
})
