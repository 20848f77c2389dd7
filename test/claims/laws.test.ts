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

describe('listed values', () => {
  it('their mean, median and extremes are never contradicted', () => {
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 3, maxLength: 12 }), (values) => {
        const sorted = values.toSorted((a, b) => a - b)
        const middle = (values.length - 1) / 2
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length
        const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
        const rows = values.map((value, index) => `| ${index + 1} | ${value} |`).join('\n')
        const stated = [
          `mean recovery ${mean.toFixed(1)} s`,
          `median recovery ${median} s`,
          `max. recovery ${sorted.at(-1)} s`,
        ]
        const sentences = stated.map((one) => `Over the ${values.length} runs: ${one}.`).join('\n\n')
        expect(
          contradicted(`## Drills\n| Run | Recovery (s) |\n|---|---|\n${rows}\n\n${sentences}\n`),
        ).toEqual([])
      }),
    )
  })
})

describe('what may be meant otherwise', () => {
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  const span = fc.record({
    from: fc.integer({ min: 240, max: 700 }),
    length: fc.integer({ min: 1, max: 600 }),
  })

  it('several outages of one day never contradict each other', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 6 }), (spans) => {
        const lines = spans.map(
          ({ from, length }, index) =>
            `Service ${index} was affected from ${clock(from)} to ${clock(from + length)} on 2026-03-02.`,
        )
        expect(contradicted(`# Review\n\n${lines.join('\n\n')}\n`)).toEqual([])
      }),
    )
  })

  it('nor does a part of an incident its whole', () => {
    fc.assert(
      fc.property(span, fc.nat(600), ({ from, length }, part) => {
        const whole = `**Duration:** ${length} minutes (2026-03-02, ${clock(from)} to ${clock(from + length)})`
        const some = `The API was degraded from ${clock(from)} to ${clock(from + Math.min(part, length))} on 2026-03-02.`
        expect(contradicted(`# Review\n\n${whole}\n\n${some}\n`)).toEqual([])
      }),
    )
  })

  it('an exception takes a demand back, whatever is missing', () => {
    const exception = fc.constantFrom(
      'except where noted',
      'unless agreed',
      'but not always',
      'where possible',
    )
    const parts = fc.array(fc.constantFrom('Rollback', 'Target', 'Baseline', 'Scope'), { maxLength: 4 })
    fc.assert(
      fc.property(exception, fc.array(parts, { minLength: 3, maxLength: 6 }), (except, experiments) => {
        const catalogue = experiments.map(
          (own, index) =>
            `## CH-${index}\n\n**Hypothesis:** a\n\n**Method:** b\n\n${own.map((part) => `**${part}:** c`).join('\n\n')}`,
        )
        const demand = `Every experiment has a rollback, ${except}.\n\nAll experiments start in staging, ${except}.`
        expect(contradicted(`# Drills\n\n${demand}\n\n${catalogue.join('\n\n')}\n`)).toEqual([])
      }),
    )
  })

  it('a rota in which nobody stands in twice is never contradicted', () => {
    const names = ['Ada', 'Bob', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal']
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: 4, maxLength: 8 }), (people) => {
        const roles = Array.from(
          { length: Math.floor(people.length / 2) },
          (_, index) => `Role${'abcd'[index]!}`,
        )
        const rows = roles.map(
          (role, index) => `| ${role} | ${people[2 * index]} | ${people[2 * index + 1]} |`,
        )
        const text = `| Role | Primary | Secondary |\n|---|---|---|\n${rows.join('\n')}\n\nSEV-1: page ${roles.join(' + ')}\n`
        expect(contradicted(text)).toEqual([])
      }),
    )
  })
})

describe('figures of ordinary sentences', () => {
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  const part = fc.integer({ min: 1, max: 900 })

  it('shares, sums, spans and budgets that were computed are never contradicted', () => {
    fc.assert(
      fc.property(part, part, fc.integer({ min: 300, max: 900 }), part, (some, rest, from, length) => {
        const all = some + rest
        const text = [
          `Of the ${all} sessions that were open, ${some} were dropped, which is ${((100 * some) / all).toFixed(1)}%.`,
          `The path takes ${some} + ${rest} = ${all} ms.`,
          `It was down between ${clock(from)} and ${clock(from + length)} UTC, ${length} minutes.`,
          `The runs took ${some} s, ${rest} s and ${length} s, on average ${((some + rest + length) / 3).toFixed(1)} s.`,
          `Calls went from ${all} ms to ${some} ms, a reduction of ${((100 * rest) / all).toFixed(1)}%.`,
          `Our objective is 99.9% over ${rest + 7} days, that is ${((rest + 7) * 1.44).toFixed(2)} minutes.`,
        ].join('\n\n')
        expect(contradicted(`# Review\n\n${text}\n`)).toEqual([])
      }),
    )
  })

  it('one that is moved beyond its rounding always is', () => {
    fc.assert(
      fc.property(part, part, fc.integer({ min: 3, max: 40 }), (some, rest, off) => {
        const all = some + rest
        const share = ((100 * some) / all + off) % 100
        fc.pre([some / all, rest / all].every((one) => Math.abs(100 * one - share) > 2))
        const text = [
          `Of the ${all} sessions that were open, ${some} were dropped, which is ${share.toFixed(1)}%.`,
          `The path takes ${some} + ${rest} = ${all + off} ms.`,
          `It was down between 10:00 and ${clock(600 + (some % 300) + 1)} UTC, ${(some % 300) + 1 + off} minutes.`,
        ].join('\n\n')
        expect(contradicted(`# Review\n\n${text}\n`)).toHaveLength(3)
      }),
    )
  })

  it('a column that is the difference of two others is contradicted in the one row that is off', () => {
    const row = fc.record({
      all: fc.integer({ min: 500, max: 900 }),
      used: fc.integer({ min: 20, max: 400 }),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { minLength: 5, maxLength: 9, selector: ({ all, used }) => all - used }),
        fc.boolean(),
        (rows, isOff) => {
          fc.pre(new Set(rows.map(({ all }) => all)).size === rows.length)
          const lines = rows.map(
            ({ all, used }, index) =>
              `| s${index} | ${all} min | ${used} min | ${all - used + (isOff && index === 2 ? 13 : 0)} min |`,
          )
          const found = contradicted(
            `| Service | Budget | Spent | Left |\n|---|---|---|---|\n${lines.join('\n')}\n`,
          )
          expect(found.length).toBe(isOff ? 1 : 0)
        },
      ),
    )
  })
})
