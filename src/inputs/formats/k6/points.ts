/** The lines of `k6 run --out json`: of every request whether it failed, gathered as they come, in bounded memory. */
import { experimentActions } from '../../../knowledge/experiment-actions.js'
import type { Problem, Reading } from '../../format.js'
import { type Point, pointIn, toleranceIn } from './point.js'
import { SampleSeries } from './series.js'

/** Requests come as points of these metrics; lines of others are not even parsed. */
const FAILED = '"http_req_failed"'
const REQUESTS = '"http_reqs"'
const FIRST_LINE = /^\uFEFF?\s*\{[^\n]*"type"\s*:\s*"(?:Metric|Point)"/
const METRIC_KEY = /"metric"\s*:\s*"/
const MAX_PROBLEMS = 20
/** No line of k6 comes near: one that long is no line of it. */
const MAX_LINE = 1024 * 1024

export function startsWithPoints(text: string): boolean {
  const end = text.indexOf('\n')
  const first = (end === -1 ? text : text.slice(0, end)).slice(0, MAX_LINE)
  return FIRST_LINE.test(first) && METRIC_KEY.test(first)
}

export function readPoints(path: string, lines: Iterable<string>): Reading {
  const series = new SampleSeries(experimentActions().runTags)
  const problems: Problem[] = []
  let number = 0
  let broken = 0
  let last = ''
  for (const line of lines) {
    number += 1
    if (line.trim() === '') continue
    last = line
    if (!line.includes(FAILED) && !line.includes(REQUESTS)) continue
    const problem = take(line, series)
    if (problem === null) continue
    broken += 1
    if (broken <= MAX_PROBLEMS) problems.push({ path, line: number, column: 1, message: problem })
  }
  if (!isWhole(last) && broken === 0) {
    broken += 1
    problems.push({ path, line: number, column: last.length + 1, message: 'the last line was cut off' })
  }
  const facts = series.facts(path)
  if (facts.length === 0)
    return { facts, problems, skipped: 'k6 output in which no HTTP request has a time and an outcome' }
  const lost = [
    ...(broken > 0 ? [`${broken} ${broken === 1 ? 'line' : 'lines'} could not be used`] : []),
    ...series.leftOut(),
  ]
  return lost.length > 0 ? { facts, problems, partial: lost.join('; ') } : { facts, problems }
}

/** What is wrong with the line, if anything. */
function take(line: string, series: SampleSeries): string | null {
  if (line.length > MAX_LINE) return 'the line is longer than any of k6'
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'the line is not JSON: it was cut off or written over'
  }
  const tolerance = toleranceIn(value)
  if (tolerance !== null) series.tolerate(tolerance)
  const point: Point | string | null = pointIn(value)
  if (typeof point === 'string') return point
  if (point !== null) series.add(point)
  return null
}

function isWhole(line: string): boolean {
  return line.length > MAX_LINE || line.trimEnd().endsWith('}')
}
