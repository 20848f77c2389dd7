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
})
