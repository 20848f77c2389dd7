/** One line of k6's JSON output, as far as it tells of a request. */
import { parseInstant } from '../../../facts/instants.js'

export interface Point {
  metric: 'http_req_failed' | 'http_reqs'
  /** Milliseconds. */
  at: number
  /** Null when the line does not tell, or tells of an answer that may have been meant. */
  ok: boolean | null
  /** Host and port that were called; null when the line names none. */
  host: string | null
  tags: Record<string, unknown>
}

const EARLIEST = Date.UTC(2015, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/** A text says what is wrong with the point. Null for lines of other metrics, and for those that declare one. */
export function pointIn(line: unknown): Point | string | null {
  const fields = fieldsOf(line)
  const metric = fields?.['metric']
  if (fields?.['type'] !== 'Point' || (metric !== 'http_req_failed' && metric !== 'http_reqs')) return null
  const data = fieldsOf(fields['data'])
  const time = data?.['time']
  const at = typeof time === 'string' ? parseInstant(time) : null
  if (at === null || at < EARLIEST || at >= LATEST) return 'the point has no time that a test can have'
  const tags = fieldsOf(data?.['tags']) ?? {}
  return { metric, at, ok: outcomeOf(metric, data?.['value'], tags), host: hostOf(tags['url']), tags }
}

/** The share of failed requests up to which the test itself calls its run good: `rate<0.01`. */
export function toleranceIn(line: unknown): number | null {
  const fields = fieldsOf(line)
  if (fields?.['type'] !== 'Metric' || fields['metric'] !== 'http_req_failed') return null
  const thresholds = fieldsOf(fields['data'])?.['thresholds']
  const limits = (Array.isArray(thresholds) ? thresholds : []).flatMap((threshold: unknown) => {
    const text = typeof threshold === 'string' ? threshold : fieldsOf(threshold)?.['source']
    const match = /^\s*rate\s*<=?\s*(\d+(?:\.\d+)?)\s*$/.exec(typeof text === 'string' ? text : '')
    return match ? [Number(match[1])] : []
  })
  return limits.length > 0 ? Math.min(...limits) : null
}

/** What the test expected decides; without that, an answer that is neither good nor a failure of the server is not judged. */
function outcomeOf(metric: Point['metric'], value: unknown, tags: Record<string, unknown>): boolean | null {
  if (metric === 'http_req_failed') return value === 0 ? true : value === 1 ? false : null
  const expected = String(tags['expected_response'])
  if (expected === 'true' || expected === 'false') return expected === 'true'
  const status = tags['status'] === undefined ? NaN : Number(tags['status'])
  if (status >= 200 && status < 400) return true
  return status === 0 || status >= 500 ? false : null
}

function hostOf(url: unknown): string | null {
  return typeof url === 'string' ? (/^[a-z]+:\/\/(?:[^@/?#]*@)?([^/?#\s]+)/i.exec(url)?.[1] ?? null) : null
}

function fieldsOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}
