/** How soon somebody is told of an alert: bounds in seconds after the fault, the same for chains, findings and questions. */
import type { AlertRule, Query, RecordingRule } from '../../facts/alert.js'
import type { Facts } from '../../facts/fact.js'
import { groupedBy } from '../../facts/grouped.js'
import type { Configuration } from '../../knowledge/configuration.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'
import type { Notification } from './notification.js'

export interface Bounds {
  /** For the first alert of its group, which is sent after group_wait. */
  best: number
  /** Nobody is told before, even where the alert joins a group that is about to be sent. */
  soonest: number
  /** Null where a recording rule was not read. */
  worst: number | null
}

/** What the times of alerts are computed from. */
export interface Clocks {
  policy: DetectionPolicy
  configuration: Configuration
  notification: Notification
  recorded: Recorded
  writers: Writers
}

/** Expressions of the recording rules, by the series that they write. */
export type Recorded = ReadonlyMap<string, Query>
/** The recording rules themselves, by the series that they write. */
export type Writers = ReadonlyMap<string, RecordingRule[]>

export function writersOf(facts: Facts): Writers {
  return groupedBy(facts.of('recording'), ({ name }) => name)
}

/**
 * best = `for` + group_wait. worst = delay of the value + evaluation + `for` rounded up to evaluations + group_interval
 * (the group exists already), and staleness where the alert asks for an absence. The waits of the group are those of the
 * routes that the alert may take. To all, how far back the alert looks by `offset` and by the query_offset of its group.
 */
export function detectionBounds(alert: AlertRule, clocks: Clocks): Bounds {
  const group = clocks.notification.waitsOf(alert)
  const { soonest, latest } = firingBounds(alert, clocks)
  return {
    best: soonest + group.first,
    soonest,
    worst: latest === null ? null : latest + group.later,
  }
}

/** When it fires, before anything is sent; `latest` null where a recording rule was not read. */
export function firingBounds(alert: AlertRule, clocks: Clocks): { soonest: number; latest: number | null } {
  const evaluation = evaluatedEvery(alert, clocks)
  // Of an expression that was not analysed it is not known what it looks at.
  const delay = alert.query.syntaxError === null ? delayOf(alert.query, alert, clocks) : null
  const waits = evaluation > 0 ? Math.ceil(alert.forSeconds / evaluation) * evaluation : alert.forSeconds
  const back = alert.query.offsetSeconds + alert.queryOffsetSeconds
  const gone = alert.query.functions.includes('absent') ? clocks.policy.defaults.stalenessSeconds : 0
  return {
    soonest: alert.forSeconds + back,
    latest: delay === null ? null : delay + gone + evaluation + back + waits,
  }
}

/** A name such as `job:errors:rate5m` is that of a recording rule. */
const RECORDED = /:/
/** Recording rules may record each other, and in a circle. */
export const MAX_RECORDED = 5

/**
 * Seconds until the value of an expression shows nothing but the fault, whatever level the threshold asks for: the slowest of
 * its series decides, because windows beside each other fill at the same time. A scraped series takes a scrape and its
 * window. A recorded one takes the delay of what it records and, as it is written only so often, an evaluation of its
 * group; then the window over it fills. Null where a recording rule was not read.
 */
function delayOf(query: Query, reader: Reader, clocks: Clocks, depth = 0): number | null {
  const { recorded, configuration, policy } = clocks
  const scrape = configuration.prometheus.scrapeInterval ?? policy.defaults.scrapeSeconds
  const widest = Math.max(0, ...query.windows)
  const delays = query.selectors.map(({ metric }, index) => {
    const span = query.spans[index] ?? widest
    const below = recorded.get(metric)
    if (!below) return RECORDED.test(metric) ? null : scrape + span
    if (depth >= MAX_RECORDED) return null
    const written = delayOfRecorded(metric, below, reader, clocks, depth)
    return written === null ? null : written + span
  })
  return delays.includes(null)
    ? null
    : Math.max(scrape + (delays.length === 0 ? widest : 0), ...delays.map(Number))
}

/** Who reads a series: an alert or a recording rule. */
type Reader = Pick<RecordingRule, 'group' | 'source' | 'intervalSeconds'>

function delayOfRecorded(
  metric: string,
  below: Query,
  reader: Reader,
  clocks: Clocks,
  depth: number,
): number | null {
  const writers = clocks.writers.get(metric) ?? []
  const delay = delayOf(below, writers[0] ?? reader, clocks, depth + 1)
  const waits =
    writers.length === 0
      ? evaluatedEvery(reader, clocks)
      : Math.max(
          ...writers.map((writer) => (isJustBefore(writer, reader) ? 0 : evaluatedEvery(writer, clocks))),
        )
  return delay === null ? null : delay + below.offsetSeconds + waits
}

/** Rules of a group are evaluated one after the other, at one time: what an earlier one writes is not old. */
function isJustBefore(writer: Reader, reader: Reader): boolean {
  return (
    writer.group === reader.group &&
    writer.source.path === reader.source.path &&
    writer.source.line < reader.source.line
  )
}

function evaluatedEvery(
  { intervalSeconds }: Pick<Reader, 'intervalSeconds'>,
  { configuration, policy }: Pick<Clocks, 'configuration' | 'policy'>,
): number {
  return intervalSeconds ?? configuration.prometheus.evaluationInterval ?? policy.defaults.evaluationSeconds
}
