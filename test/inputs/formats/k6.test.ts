import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ServiceSamples } from '../../../src/facts/experiment.js'
import type { LoadResult } from '../../../src/facts/load-result.js'
import { discover } from '../../../src/inputs/discover.js'
import type { Reading } from '../../../src/inputs/format.js'
import k6 from '../../../src/inputs/formats/k6.js'
import { readInputs } from '../../../src/inputs/read.js'
import { recordFile } from './records.js'

const CONTEXT = { libraries: [], prefilter: true }

/** As `--summary-export` writes it: values beside the thresholds, `true` is breached. */
function exported(metrics: object, more: object = {}) {
  return { root_group: { name: '', checks: {}, groups: {} }, metrics, ...more }
}

/** As `handleSummary` is given it. */
function handled(metrics: object, more: object = {}) {
  return {
    root_group: { name: '', checks: [], groups: [] },
    options: { summaryTimeUnit: '' },
    state: { testRunDurationMs: 30_018.4 },
    metrics,
    ...more,
  }
}

/** As `--new-machine-readable-summary` makes of either. */
function structured(more: object = {}) {
  const metric = (name: string, type: string, values: object) => ({ contains: 'default', name, type, values })
  return {
    config: { duration: 30.2, execution: 'local', script: 'load.js' },
    metadata: { generated_at: '2026-10-20T10:00:30.2Z', k6_version: '2.2.0' },
    results: {
      checks: { metrics: [metric('checks_total', 'counter', { count: 1 })], results: [] },
      metrics: [
        metric('http_reqs{status:200}', 'counter', { count: 1 }),
        metric('http_reqs', 'counter', { count: 34_825 }),
        metric('http_req_failed', 'rate', { matches: 33_181, rate: 0.953, total: 34_825 }),
      ],
    },
    version: '1.0.0',
    ...more,
  }
}

function read(value: unknown, path = 'load/summary.json'): Reading {
  const file = recordFile(value, path)
  expect(k6.recognises(file)).toBe(true)
  return k6.read(file, CONTEXT) as Reading
}

const resultOf = (value: unknown): LoadResult => read(value).facts[0] as LoadResult
const statesOf = (value: unknown): string[] =>
  resultOf(value).thresholds.map(({ metric, expression, state }) => `${metric} ${expression} ${state}`)

describe('a summary of k6', () => {
  it('exported: true is breached, false is held (row 28)', () => {
    const value = exported({
      http_req_duration: { avg: 120, 'p(95)': 269, thresholds: { 'p(95)<50': true, 'avg<200': false } },
      'http_req_duration{expected_response:true}': { 'p(95)': 17.9, thresholds: { 'p(95)<50': false } },
    })
    expect(statesOf(value)).toEqual([
      'http_req_duration p(95)<50 breached',
      'http_req_duration avg<200 held',
      'http_req_duration{expected_response:true} p(95)<50 held',
    ])
  })

  it('handed to handleSummary: ok is held', () => {
    const value = handled({
      http_req_failed: {
        type: 'rate',
        values: { rate: 0.953, passes: 33_181, fails: 1644 },
        thresholds: { 'rate<0.01': { ok: false } },
      },
      http_reqs: {
        type: 'counter',
        values: { count: 34_825, rate: 580 },
        thresholds: { 'count>10': { ok: true } },
      },
    })
    expect(statesOf(value)).toEqual(['http_req_failed rate<0.01 breached', 'http_reqs count>10 held'])
    expect(resultOf(value)).toMatchObject({ durationSeconds: 30.0184, requests: 34_825 })
  })

  it('counts failed requests as `passes` of http_req_failed (row 29)', () => {
    expect(
      resultOf(exported({ http_req_failed: { passes: 7, fails: 93, value: 0.07 } })).failedRequests,
    ).toBe(7)
  })

  it.each([
    ['a form of no k6', exported({ m: { avg: 1, thresholds: { 'avg<2': 'yes' } } }), /does not say/],
    [
      'an outcome without ok',
      handled({ m: { values: { avg: 1 }, thresholds: { 'avg<2': {} } } }),
      /does not say/,
    ],
    [
      'a boolean beside values',
      exported({ m: { values: { avg: 1 }, thresholds: { 'avg<2': true } } }),
      /mixes the two/,
    ],
    [
      'a boolean with a list of checks',
      handled({ m: { avg: 1, thresholds: { 'avg<2': false } } }),
      /mixes the two/,
    ],
    [
      'numbers that say the opposite',
      exported({ m: { avg: 1, thresholds: { 'avg<2': true } } }),
      /says breached, its own numbers say held/,
    ],
    [
      'nothing measured',
      handled({
        checks: { values: { rate: 0, passes: 0, fails: 0 }, thresholds: { 'rate>=0.9': { ok: true } } },
      }),
      /nothing was measured/,
    ],
  ])('does not guess: %s', (_, value, reason) => {
    const [threshold] = resultOf(value).thresholds
    expect(threshold).toMatchObject({ state: 'unknown', reason: expect.stringMatching(reason) })
  })

  it('believes what its numbers cannot check', () => {
    const value = exported({ m: { avg: 1, thresholds: { 'p(99.9)<2': true, 'anything at all': false } } })
    expect(statesOf(value)).toEqual(['m p(99.9)<2 breached', 'm anything at all held'])
  })

  it('is no run, and names one only where the test put it in', () => {
    const { facts } = read(handled({}, { setup_data: { experiment: 'cart-latency' } }))
    expect(facts).toEqual([expect.objectContaining({ fact: 'load-result', takenFor: ['cart-latency'] })])
    expect(resultOf(handled({})).takenFor).toEqual([])
  })

  it('that was cut off is failed with its place; negative and wrong numbers are problems', () => {
    const text = JSON.stringify(handled({ http_reqs: { values: { count: 1 } } }), null, 2).slice(0, -40)
    expect(read(text)).toMatchObject({ facts: [], failed: expect.stringMatching(/not valid YAML/) })
    const { facts, problems } = read(handled({ http_reqs: { values: { count: -3 } } }))
    expect(facts).toMatchObject([{ requests: null }])
    expect(problems[0]!.message).toMatch(/-3 cannot be negative/)
    expect(read('{"root_group": {}, "metrics": {"http_reqs": {"count": NaN}}}').problems[0]!.message).toMatch(
      /expected a number, found the text "NaN"/,
    )
  })

  it('of the structured form has a list of metrics, and does not tell of thresholds', () => {
    expect(read(structured()).facts).toEqual([
      expect.objectContaining({
        fact: 'load-result',
        durationSeconds: 30.2,
        requests: 34_825,
        failedRequests: 33_181,
        thresholds: [],
        thresholdsUnknown: expect.stringContaining('does not tell of thresholds'),
        takenFor: [],
      }),
    ])
    expect(resultOf(structured({ run: 'RUN-7' })).takenFor).toEqual(['RUN-7'])
    const camel = structured({ metadata: { generatedAt: '2026-10-20T10:00:00Z', k6Version: '2.2.0' } })
    expect(resultOf(camel).requests).toBe(34_825)
  })

  it('of the structured form without requests, or of another schema, says so', () => {
    expect(resultOf(structured({ results: { metrics: [] } }))).toMatchObject({
      requests: null,
      failedRequests: null,
    })
    const { facts, problems } = read(structured({ version: '2.0.0', config: { duration: -1 } }))
    expect(facts).toMatchObject([{ durationSeconds: null, requests: null, failedRequests: null }])
    expect(problems.map(({ message }) => message)).toEqual([
      'version: 2.0.0 is no schema of this summary that is known here: its figures are not used',
      'config.duration: -1 cannot be negative; it is not used',
    ])
    const cut = JSON.stringify(structured(), null, 2).slice(0, -30)
    expect(read(cut)).toMatchObject({ facts: [], failed: expect.stringMatching(/not valid YAML/) })
  })

  it('is told by content', () => {
    expect(k6.recognises(recordFile({ metadata: { k6_version: '2.2.0' }, results: { metrics: {} } }))).toBe(
      false,
    )
    expect(k6.recognises(recordFile({ results: { metrics: [] } }))).toBe(false)
    expect(k6.recognises(recordFile({ metrics: {}, other: {} }))).toBe(false)
    expect(k6.recognises(recordFile('export default "root_group": "metrics": {', 'a.ts'))).toBe(false)
  })
})

const START = Date.UTC(2026, 9, 20, 10)

function point(metric: string, seconds: number, value: number, tags: object = {}, order = 'new'): string {
  const time = new Date(START + seconds * 1000).toISOString()
  const data = { time, value, tags: { url: 'http://cart.shop.svc:8080/x', status: '200', ...tags } }
  return JSON.stringify(order === 'new' ? { metric, type: 'Point', data } : { type: 'Point', data, metric })
}

const failed = (seconds: number, value: number, tags?: object): string =>
  point('http_req_failed', seconds, value, tags)
const declared = (thresholds: unknown[]): string =>
  JSON.stringify({ type: 'Metric', data: { type: 'rate', thresholds }, metric: 'http_req_failed' })

function samplesOf(lines: string[], path = 'load/out.json'): ServiceSamples[] {
  return read(lines.join('\n') + '\n', path).facts as ServiceSamples[]
}

const series = (lines: string[]): string[] =>
  samplesOf(lines)[0]!.samples.map(({ at, ok }) => `${at.slice(17, 23)} ${ok}`)

describe('JSON output of k6', () => {
  it('is a sample per service and second, at an instant that was seen', () => {
    const lines = [
      declared([]),
      failed(0.1, 0),
      failed(0.7, 0),
      failed(1.2, 1),
      failed(1.9, 0),
      failed(3.5, 0),
    ]
    expect(samplesOf(lines)).toMatchObject([
      { fact: 'service-samples', format: 'k6', target: 'cart.shop.svc', takenFor: [] },
    ])
    expect(series(lines)).toEqual(['00.700 true', '01.200 false', '03.500 true'])
  })

  it('takes the share of failures that the test allows itself, if it states one', () => {
    const second = [...Array(99).fill(failed(0.2, 0)), failed(0.5, 1)] as string[]
    expect(series([declared([]), ...second])).toEqual(['00.500 false'])
    expect(series([declared(['rate<0.05']), ...second])).toEqual(['00.500 true'])
    expect(series([declared([{ source: 'rate<0.05' }]), ...second])).toEqual(['00.500 true'])
  })

  it('is ordered by time, whatever the order of the lines and of their keys', () => {
    const lines = [point('http_req_failed', 5, 0, {}, 'old'), failed(2, 1), failed(4, 0)]
    expect(series(lines)).toEqual(['02.000 false', '04.000 true', '05.000 true'])
  })

  it.each([
    [{ expected_response: 'true', status: '404' }, true],
    [{ expected_response: 'false', status: '200' }, false],
    [{ status: '204' }, true],
    [{ status: '503' }, false],
    [{ status: '0' }, false],
  ])('without http_req_failed judges requests by their tags: %j', (tags, ok) => {
    expect(samplesOf([point('http_reqs', 1, 1, tags)])[0]!.samples).toMatchObject([{ ok }])
  })

  it('does not judge an answer that may have been meant', () => {
    expect(read(point('http_reqs', 1, 1, { status: '404' }), 'o.json').skipped).toMatch(/no HTTP request/)
  })

  it('keeps services apart, and hears for which run it was made', () => {
    const lines = [
      failed(1, 0, { testid: 'EXP1' }),
      failed(1, 1, { url: 'https://user:word@pay.example/x', testid: 'EXP1' }),
      failed(1, 0, { url: undefined }),
    ]
    expect(samplesOf(lines).map(({ target, takenFor }) => [target, takenFor])).toEqual([
      [null, ['EXP1']],
      ['cart.shop.svc', ['EXP1']],
      ['pay.example', ['EXP1']],
    ])
  })

  it('of broken lines uses the others, and says where they stand', () => {
    const lines = [
      failed(1, 0),
      '{"metric":"http_req_failed","type":"Po',
      failed(2, 0),
      '',
      failed(3, 1).slice(0, 60),
    ]
    const { facts, partial, problems } = read(lines.join('\r\n'), 'load/out.json')
    expect((facts[0] as ServiceSamples).samples).toHaveLength(2)
    expect(partial).toBe('2 lines could not be used')
    expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '2 the line is not JSON: it was cut off or written over',
      '5 the line is not JSON: it was cut off or written over',
    ])
  })

  it('that ends in the middle of another metric says so', () => {
    const { problems } = read(`${failed(1, 0)}\n{"metric":"vus","type":"Poi`, 'load/out.json')
    expect(problems).toEqual([
      { path: 'load/out.json', line: 2, column: 28, message: 'the last line was cut off' },
    ])
  })

  it.each([
    ['epoch 0', '"1970-01-01T00:00:00Z"'],
    ['a number', '0'],
    ['nothing', 'null'],
    ['a year to come', '"9999-01-01T00:00:00Z"'],
  ])('with %s for a time names the line', (_, time) => {
    const line = `{"metric":"http_req_failed","type":"Point","data":{"time":${time},"value":0,"tags":null}}`
    expect(read(`${failed(1, 0)}\n${line}\n`, 'o.json').problems).toMatchObject([
      { line: 2, message: 'the point has no time that a test can have' },
    ])
  })

  it('with NaN for a value does not count it', () => {
    const line = failed(1, 0).replace('"value":0', '"value":NaN')
    expect(read(`${line}\n${failed(2, 0)}`, 'o.json')).toMatchObject({ partial: '1 line could not be used' })
    expect(samplesOf([failed(1, 0.5), failed(2, 0)])[0]!.samples).toHaveLength(1)
  })

  it('may be called .jsonl; other records a line are not of k6', () => {
    expect(samplesOf([failed(1, 0)], 'load/out.jsonl')).toHaveLength(1)
    expect(k6.recognises(recordFile('{"type":"Point","x":1}\n', 'a.jsonl'))).toBe(false)
  })
})

describe('long output of k6', () => {
  it('is read as it streams: only seconds are kept, and many of them are left out', () => {
    function* lines(): Generator<string> {
      for (let second = 0; second < 250_000; second += 1) yield failed(second, 0)
    }
    const reading = k6.lines!.read({ path: 'o.json', extension: '.json', head: '' }, lines())
    expect((reading.facts[0] as ServiceSamples).samples).toHaveLength(200_000)
    expect(reading.partial).toMatch(/^50000 requests left out/)
  })

  it('in one service per address is bounded', () => {
    const lines = Array.from({ length: 80 }, (_, index) => failed(1, 0, { url: `http://h${index}/` }))
    expect(samplesOf(lines)).toHaveLength(50)
  })

  it('packed by gzip is read as it is unpacked; what is packed otherwise, or is of nobody, is left out', async () => {
    const root = mkdtempSync(join(tmpdir(), 'k6-'))
    try {
      writeFileSync(join(root, 'out.json.gz'), gzipSync(`${failed(1, 0)}\n${failed(2, 1)}\n`))
      writeFileSync(join(root, 'other.json.gz'), gzipSync('{"a": 1}\n'))
      writeFileSync(join(root, 'bomb.ndjson.gz'), gzipSync(`${failed(1, 0)}\n`).subarray(0, -9))
      writeFileSync(join(root, 'image.tar.gz'), gzipSync('no'))
      const { facts, inputs, leftOut } = await readInputs(
        discover([root], { include: [], exclude: [] }),
        CONTEXT,
        [k6],
      )
      expect(facts.of('service-samples')[0]).toMatchObject({
        source: { path: 'out.json.gz' },
        samples: [{ ok: true }, { ok: false }],
      })
      expect(inputs.map(({ path, format, status }) => `${path} ${format} ${status}`)).toEqual([
        'bomb.ndjson.gz k6 failed',
        'out.json.gz k6 parsed',
      ])
      expect(leftOut).toContainEqual({ what: 'other kinds of files', count: 2 })
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  })

  it('over 10 MB is read line by line, with its hash; other data of that size is not', async () => {
    const root = mkdtempSync(join(tmpdir(), 'k6-'))
    try {
      const filler = `${point('http_req_duration', 0, 1)}\n`.repeat(60_000)
      writeFileSync(join(root, 'out.json'), `${failed(0, 0)}\n${filler}${failed(1, 1)}\n`)
      writeFileSync(join(root, 'data.json'), `${'{"a": 1}\n'.repeat(1_300_000)}`)
      writeFileSync(join(root, 'data.jsonl'), `${'{"a": 1}\n'.repeat(1_300_000)}`)
      const { facts, inputs, leftOut } = await readInputs(
        discover([root], { include: [], exclude: [] }),
        CONTEXT,
      )
      expect(facts.of('service-samples')).toMatchObject([{ samples: [{ ok: true }, { ok: false }] }])
      expect(inputs).toMatchObject([
        { path: 'data.json', status: 'skipped' },
        { path: 'out.json', format: 'k6', status: 'parsed', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ])
      expect(leftOut).toEqual([{ what: 'other kinds of files', count: 1 }])
    } finally {
      rmSync(root, { recursive: true })
    }
  })
})
