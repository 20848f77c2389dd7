import { describe, expect, it } from 'vitest'
import type { Question } from '../../../src/report/result-questions.js'
import { viewQuestions } from '../../../src/report/view/questions.js'
import { nameThings } from '../../../src/report/view/names.js'
import { emptyResult, sampleResult } from '../sample-result.js'

type Place = Question['places'][number]

const place = (component: string | null, path: string, line: number, more: Partial<Place> = {}): Place => ({
  component,
  subject: `${path}#work`,
  reason: 'not seen',
  source: { path, line, column: 1, endLine: line },
  severity: 'high',
  rules: ['some-rule'],
  fingerprints: [`${path}:${line}`],
  ...more,
})
const asked = (places: Place[], more: Partial<Question> = {}): Question => ({
  question: 'Is it fine?',
  severity: 'high',
  blocks: false,
  everywhere: false,
  decides: [{ rule: 'some-rule', severity: 'high', failure: 'Not fine', checks: places.length }],
  chains: [],
  places,
  ...more,
})
const viewed = (questions: Question[]) =>
  viewQuestions({ ...sampleResult, questions }, nameThings(sampleResult))
const only = (places: Place[], more: Partial<Question> = {}) => viewed([asked(places, more)]).shown[0]!

describe('the questions as a document shows them', () => {
  it('are numbered in the order of the result', () => {
    const { total, shown } = viewQuestions(sampleResult, nameThings(sampleResult))
    expect([total, shown.map(({ id, anchor }) => [id, anchor])]).toEqual([
      2,
      [
        ['Q1', 'q1'],
        ['Q2', 'q2'],
      ],
    ])
  })

  it('say each reason once, and below it each component with its files and lines', () => {
    const { whys } = only([
      place('web', 'a.ts', 40),
      place('cart', 'b.ts', 5, { reason: 'computed' }),
      place('web', 'a.ts', 12),
      place('cart', 'c.ts', 1),
    ])
    expect(whys).toEqual([
      {
        reason: 'not seen',
        rows: [
          {
            component: 'web',
            files: { shown: [expect.objectContaining({ place: 'a.ts:12, 40' })], more: 0 },
          },
          { component: 'cart', files: { shown: [expect.objectContaining({ place: 'c.ts:1' })], more: 0 } },
        ],
      },
      { reason: 'computed', rows: [expect.objectContaining({ component: 'cart' })] },
    ])
  })

  it('name what stands there, as far as its file, its component and its chain do not', () => {
    const [chain] = sampleResult.chains
    const subjects = (subject: string) =>
      only([place('web', 'a.ts', 1, { subject })], { chains: [chain!.id] }).whys[0]!.rows[0]!.files.shown[0]!
        .subjects.shown
    expect(subjects('a.ts#work')).toEqual(['work'])
    expect(subjects('web')).toEqual([])
    expect(subjects('GET /health')).toEqual(['GET /health'])
    expect(subjects(chain!.title)).toEqual([`chain ${nameThings(sampleResult).chain(chain!.id)!.id}`])
  })

  it('are cut, each with what was left out', () => {
    const many = Array.from({ length: 40 }, (_, index) => asked([place('web', 'a.ts', index)]))
    expect(viewed(many)).toMatchObject({ total: 40, more: 10 })
    const components = Array.from({ length: 13 }, (_, index) => place(`c${index}`, 'a.ts', index))
    expect(only(components)).toMatchObject({ left: 3 })
    expect(only(components).whys[0]!.rows).toHaveLength(10)
    const files = Array.from({ length: 11 }, (_, index) => place('web', `${index}.ts`, 1))
    expect(only(files).whys[0]!.rows[0]!.files).toMatchObject({ more: 3 })
    expect(only(files).left).toBe(0)
  })

  it('say how many places there are when they are many, and show the first of each component', () => {
    const of = (component: string) =>
      Array.from({ length: 30 }, (_, index) => place(component, `${component}${index}.ts`, 1))
    const { many, whys } = only([...of('cart'), ...of('web')])
    expect(many).toEqual({ places: 60, components: 2 })
    expect(whys[0]!.rows.map(({ component, files }) => [component, files.shown.length, files.more])).toEqual([
      ['cart', 3, 27],
      ['web', 3, 27],
    ])
    expect(only(of('cart').slice(0, 20)).many).toBeNull()
  })

  it('name no place for what all of the evidence lacks', () => {
    const { everywhere, many, whys, left } = only(
      Array.from({ length: 60 }, (_, index) => place('web', `${index}.ts`, 1)),
      { everywhere: true },
    )
    expect({ everywhere, many, left }).toEqual({ everywhere: true, many: null, left: 0 })
    expect(whys).toEqual([{ reason: 'not seen', rows: [] }])
  })

  it('are none when nothing is unknown', () => {
    expect(viewQuestions(emptyResult, nameThings(emptyResult))).toEqual({
      total: 0,
      checks: 0,
      shown: [],
      more: 0,
    })
  })
})
