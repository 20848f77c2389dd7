import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseQuery } from '../../../src/inputs/promql/query.js'

it.each<[string, number | null]>([
  ['time() - last_success > 90000', 90000],
  ['last_success < time() - 90000', 90000],
  ['90000 < time() - last_success', 90000],
  ['(time() - max by (job) (last_success)) / 3600 > 25', 90000],
  ['probe_ssl_earliest_cert_expiry - time() < 86400 * 30', 2592000],
  ['client_ttl_seconds < 1w', 604800],
  ['max(queue_age_seconds) > 900', 900],
  ['certificate_expiry_seconds < 86400', 86400],
  ['request_latency_seconds > 300', null],
  ['storage_seconds > 300', null],
  ['time() - last_success > 90000 unless maintenance', 90000],
  ['time() - last_success > 90000 and hour() > 8', 90000],
  ['time() - last_success > 90000 or time() - last_start > 300', 300],
  ['max by (id) (time() - started) > 900', 900],
  ['sum by (id) (time() - started) > 900', null],
  ['(max by (id) (time() - started) and max by (id) (phase_info{phase="waiting"}) == 1) > 900', 900],
  ['time() - started > 900 and on (id) phase_info', 900],
  ['(time() - started and waiting == 1) > 900', null],
  ['(time() - started and phase_info > 2) > 900', null],
  ['(phase_info and time() - started) > 900', null],
  ['time() - last_success > 90000 and up == 0', null],
  ['time() - last_success > 90000 or up == 0', null],
  ['rate(request_duration_seconds_sum[5m]) > 900', null],
  ['request_duration_seconds_sum > 900', null],
  ['up == 0', null],
  ['hour() > 8 and day_of_week() == 1', null],
  ['count(time() - last_seen < 30) > 100', null],
  ['time() - last_success', null],
  ['time() - last_success >', null],
])('%s asks for %j seconds', (text, seconds) => {
  expect(parseQuery(text).comparedAge).toBe(seconds)
})

it('asks for the same, whichever side now is written on', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.constantFrom('>', '>=', '<', '<='),
      (seconds, operator) => {
        const here = parseQuery(`time() - last_success ${operator} ${seconds}`)
        const there = parseQuery(`time() - ${seconds} ${operator} last_success`)
        expect([here.comparedAge, there.comparedAge]).toEqual([seconds, seconds])
      },
    ),
  )
})
