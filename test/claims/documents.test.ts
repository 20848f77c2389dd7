/** Small written reports, with what is to be said of their figures. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkClaims } from '../../src/claims/check.js'
import { claimWords } from '../../src/knowledge/claim-words.js'

interface Case {
  name: string
  text: string
  contradicted: string[]
  consistent?: string[]
  unsupported?: string[]
}

const cases = parse(readFileSync('test/claims/documents.yaml', 'utf8')) as Case[]

describe('a written report', () => {
  it.each(cases)('$name', ({ text, contradicted, consistent = [], unsupported = [] }) => {
    const claims = checkClaims(text, claimWords())
    const stated = (verdict: string) =>
      claims.filter((one) => one.verdict === verdict).map((one) => one.stated)
    expect([...new Set(stated('contradicted'))].sort()).toEqual([...contradicted].sort())
    expect(stated('consistent')).toEqual(expect.arrayContaining(consistent))
    expect([...new Set(stated('unsupported'))].sort()).toEqual([...unsupported].sort())
    for (const { line, arithmetic } of claims) {
      expect(text.split('\n')[line - 1]?.trim()).toBeTruthy()
      expect(arithmetic).not.toContain('\n')
    }
  })
})
