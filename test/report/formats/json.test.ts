import { describe, expect, it } from 'vitest'
import json from '../../../src/report/formats/json.js'
import { resultSchema } from '../../../src/report/result.js'
import { hostileResult, sampleResult } from '../sample-result.js'

describe('the JSON report', () => {
  it('is the result, whole', async () => {
    const text = String(await json.render(hostileResult(), { browser: null }))
    expect(text.endsWith('}\n')).toBe(true)
    expect(resultSchema.parse(JSON.parse(text))).toEqual(hostileResult())
  })

  it('does not depend on the order in which keys were set', async () => {
    const { score, schemaVersion, ...rest } = sampleResult
    const dependencies = sampleResult.system.dependencies.map((dependency) => ({
      ...dependency,
      guards: Object.fromEntries(Object.entries(dependency.guards).reverse()),
    }))
    const shuffled = { score, ...rest, system: { ...sampleResult.system, dependencies }, schemaVersion }
    expect(await json.render(shuffled, { browser: null })).toBe(
      await json.render(sampleResult, { browser: null }),
    )
  })

  it.each([0, 1, 50, 51, 123])('with a list of %i is the same written piece by piece', async (length) => {
    const blockers = Array.from({ length }, (_, index) => `blocker ${index} "\n  ],"`)
    const inputs = blockers.map((path) => ({ ...sampleResult.inputs[0]!, path }))
    const result = { ...sampleResult, blockers, inputs }
    const whole = `${JSON.stringify(resultSchema.parse(result), null, 2)}\n`
    expect([...json.pieces!(result)].join('')).toBe(whole)
    expect(await json.render(result, { browser: null })).toBe(whole)
  })

  it('is refused when an item of a long list is none', () => {
    const blockers = [...Array.from({ length: 200 }, String), null]
    expect(() => [...json.pieces!({ ...sampleResult, blockers: blockers as string[] })]).toThrow()
  })
})
