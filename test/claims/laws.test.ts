/** What must hold for every document. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkClaims } from '../../src/claims/check.js'
import { claimWords } from '../../src/knowledge/claim-words.js'

function contradicted(text: string): string[] {
  return checkClaims(text, claimWords())
    .filter(({ verdict }) => verdict === 'contradicted')
    .map(({ arithmetic }) => arithmetic)
}

const count = fc.integer({ min: 1, max: 500 })
const seconds = fc.integer({ min: 1, max: 900 })

function tableOf(rows: { n: number; mean: string }[], total: { n: number; mean: string }): string {
  const lines = rows.map(
    ({ n, mean }, index) => `| scenario ${String.fromCharCode(97 + index)} | ${n} | ${mean} |`,
  )
  return `## Recovery\n| Scenario | Tests | Avg recovery |\n|---|---|---|\n${lines.join('\n')}\n| Total | ${total.n} | ${total.mean} |\n`
}

describe('figures that were computed', () => {
  it('totals and weighted means of any table are never contradicted, rounded or cut off', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ n: count, times: seconds }), { minLength: 2, maxLength: 8 }),
        fc.constantFrom(Math.round, Math.floor, Math.ceil),
        (groups, write) => {
          const n = groups.reduce((sum, group) => sum + group.n, 0)
          const mean = groups.reduce((sum, group) => sum + group.n * group.times, 0) / n
          const rows = groups.map((group) => ({ n: group.n, mean: `${group.times}s` }))
          expect(contradicted(tableOf(rows, { n, mean: `${write(mean)}s` }))).toEqual([])
        },
      ),
    )
  })

  it('a total that differs from the sum of counts is always contradicted', () => {
    fc.assert(
      fc.property(
        fc.array(count, { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 1, max: 50 }),
        (counts, off) => {
          const total = counts.reduce((sum, n) => sum + n, 0) + off
          const rows = counts.map((n, index) => `| s${index} | ${n} |`).join('\n')
          expect(
            contradicted(`| Scenario | Runs |\n|---|---|\n${rows}\n| Total | ${total} |\n`),
          ).toHaveLength(1)
        },
      ),
    )
  })

  it('shares of counts are never contradicted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(2000), fc.nat(3), (all, some, digits) => {
        const part = Math.min(all, some)
        expect(
          contradicted(`Success rate: ${((100 * part) / all).toFixed(digits)}% (${part}/${all} runs)\n`),
        ).toEqual([])
      }),
    )
  })

  it('mean, median, P90, extremes of any values are never contradicted by their histogram', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 119 }), { minLength: 1, maxLength: 80 }), (values) => {
        const edges = [0, 10, 30, 60, 120]
        const bins = edges.slice(1).map((high, index) => {
          const low = edges[index]!
          return `${low}-${high}s: ${values.filter((value) => value >= low && value < high).length} tests`
        })
        const sorted = values.toSorted((a, b) => a - b)
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length
        const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * values.length) - 1)]
        const stated = [
          `Average: ${mean.toFixed(1)} s`,
          `Median: ${rank(0.5)} s`,
          `P90: ${rank(0.9)} s`,
          `Max: ${sorted.at(-1)} s`,
          `Min.: ${sorted[0]} s`,
        ]
        expect(
          contradicted(
            `## Recovery times\n\`\`\`\n${bins.join('\n')}\n\`\`\`\n${stated.map((one) => `- ${one}`).join('\n')}\n`,
          ),
        ).toEqual([])
      }),
    )
  })

  it('changes of any two values are never contradicted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.boolean(),
        (from, to, isRelative) => {
          const change = isRelative
            ? `${to < from ? '' : '+'}${((100 * (to - from)) / from).toFixed(1)}%`
            : `${to < from ? '' : '+'}${to - from} ms`
          expect(
            contradicted(
              `| Metric | Before | After | Change |\n|---|---|---|---|\n| p50 | ${from} ms | ${to} ms | ${change} |\n`,
            ),
          ).toEqual([])
        },
      ),
    )
  })
})

describe('any text', () => {
  it('is read without an exception', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'grapheme' }),
            fc.constantFrom(
              '| a | 1 |',
              '|---|---|',
              '- 3 tests (4%)',
              '# 7',
              '```',
              '0-3 s: 4',
              'avg 9 s',
              '12:00 - 11:59',
              '\t',
              '>',
            ),
          ),
          { maxLength: 30 },
        ),
        (lines) => {
          const claims = checkClaims(lines.join('\n'), claimWords())
          for (const { line } of claims)
            expect(line).toBeLessThanOrEqual(lines.join('\n').split(/\r\n?|\n/).length)
        },
      ),
    )
  })
})
