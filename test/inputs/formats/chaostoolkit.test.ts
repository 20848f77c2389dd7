import { describe, expect, it } from 'vitest'
import chaostoolkit from '../../../src/inputs/formats/chaostoolkit.js'
import { file, journal, KILL, ran, read, runOf } from './chaostoolkit/journals.js'

describe('a Chaos Toolkit journal', () => {
  it('becomes one compact run', () => {
    const run = runOf(journal({}, { tags: ['environment:staging'] }))
    expect(run).toMatchObject({
      id: 'chaostoolkit-ab12cd34ef56',
      experiment: 'Losing a cart pod',
      format: 'chaostoolkit',
      startedAt: '2024-03-05T10:00:00.000Z',
      endedAt: '2024-03-05T10:00:31.000Z',
      environment: 'staging',
      target: 'cart',
      fault: 'pod-kill',
      verdict: 'pass',
      baselineMet: true,
      faultVerified: true,
    })
    expect(run.source).toMatchObject({ path: 'chaos/one.json', pointer: '$' })
  })

  it('keeps no output, however large', () => {
    const run = runOf(journal({ run: [ran(KILL, 1, 2, { log: 'x'.repeat(200_000) })] }))
    expect(JSON.stringify(run).length).toBeLessThan(2_000)
  })

  it('reads offsets where they are written', () => {
    expect(runOf(journal({ start: '2024-03-05T12:00:00.139764+02:00' })).startedAt).toBe(
      '2024-03-05T10:00:00.139Z',
    )
  })
})

describe('a broken journal', () => {
  it('that was cut off is a problem with its place', () => {
    const text = JSON.stringify(journal(), null, 2).slice(0, 900)
    const reading = chaostoolkit.read(file(text))
    expect(reading.facts).toEqual([])
    expect(reading.failed).toBe('the JSON ends too early; the file was cut off')
    expect(reading.problems).toHaveLength(1)
    expect(reading.problems[0]).toMatchObject({ path: 'chaos/one.json', line: text.split('\n').length })
    expect(reading.problems[0]!.message).toMatch(/cut off/)
  })

  it('may hold NaN and Infinity, but not lose texts that say so', () => {
    const text = JSON.stringify(journal({}, { title: 'NaN is not \\"Infinity\\"' })).replace(
      '"duration":31',
      '"duration":NaN',
    )
    const [run] = chaostoolkit.read(file(text)).facts
    expect(run).toMatchObject({ experiment: 'NaN is not \\"Infinity\\"', verdict: 'pass' })
  })

  it('is read in linear time, whatever its quotes', () => {
    const text = `{"chaoslib-version": NaN, "x": "${'\\"'.repeat(200_000)}`
    expect(chaostoolkit.read(file(text)).problems).toHaveLength(1)
  })

  it('with times that contradict each other is weak, with the place', () => {
    const run = runOf(journal({ run: [ran(KILL, 5, 1, ['a'])] }))
    expect(run.grade).toBe('weak')
    expect(run.reasons).toContain('times are incomplete: $.run[0].end: before the start')
    expect(run.recovery).toMatchObject({ kind: 'unknown', reason: 'the time of the fault is not recorded' })
  })

  it('without an end or with null everywhere is still read', () => {
    const live = runOf(journal({ end: null, status: null, steady_states: null, run: null, rollbacks: null }))
    expect(live).toMatchObject({ grade: 'invalid', endedAt: null })
    expect(runOf({ 'chaoslib-version': '1.0.0rc1' })).toMatchObject({
      grade: 'invalid',
      experiment: null,
      startedAt: null,
    })
  })

  it('is none when it only mentions the version', () => {
    expect(read({ note: { 'chaoslib-version': '1.0.0' } })).toMatchObject({
      facts: [],
      skipped: 'mentions chaoslib-version, but is no journal',
    })
  })
})
