import { expect, it } from 'vitest'
import { parseQuery } from '../../../src/inputs/promql/query.js'

it.each<[string, number[]]>([
  ['up == 0', [0]],
  ['rate(a_total[5m]) / rate(b_total[10m])', [300, 600]],
  ['max_over_time(rate(a_total[5m])[30m:1m]) > 1', [2100]],
  ['max_over_time((rate(a_total[5m]) / b)[30m:1m]) > c', [2100, 1800, 0]],
  ['absent(up{job="x"})', [0]],
  ['vector(1)', []],
  ['rate(a_total[5m', []],
])('%s looks back %j', (text, spans) => {
  const query = parseQuery(text)
  expect(query.spans).toEqual(spans)
  expect(query.spans).toHaveLength(query.selectors.length)
})
