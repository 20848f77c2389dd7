/** Groups of rules and recording rules as subjects. */
import type { RecordingRule, RuleGroup } from '../../facts/alert.js'
import { compareText } from '../../facts/source.js'
import type { Model } from '../../system/model.js'
import type { Subject } from '../subject.js'
import { flawFields } from './alert-flaws.js'
import { syntaxErrorOf } from './alert-syntax.js'

export function ruleGroupSubjects(model: Model): Subject[] {
  const recordings = model.facts.of('recording')
  return [
    ...model.facts.of('rule-group').map(groupSubject),
    ...recordings.map((recording) => recordingSubject(recording, recordings, model)),
  ]
}

function groupSubject(group: RuleGroup): Subject {
  const { name, namedBefore, intervalSeconds, alerts, records, source, at, ignores } = group
  return {
    kind: 'rulegroup',
    identity: `${source.path}/${name}${namedBefore ? '/again' : ''}`,
    label: `rule group ${name}`,
    component: null,
    source,
    at,
    ignores,
    fields: {
      name,
      namedBefore: namedBefore && `${namedBefore.path}:${namedBefore.line}`,
      intervalSeconds,
      alerts,
      records,
    },
  }
}

function recordingSubject(recording: RecordingRule, all: RecordingRule[], { watch }: Model): Subject {
  const { name, group, expression, query, source, at, ignores } = recording
  const { emptyReason, brokenJoins, perhapsBroken } = flawFields(recording, watch)
  const earlier = all.filter((other) => seriesOf(other) === seriesOf(recording) && isBefore(other, recording))
  const [twins, others] = [earlier.filter(sameSeriesAs(recording)), earlier.filter(perhapsSame(recording))]
  return {
    kind: 'recording',
    identity: `${source.path}/${group}/${seriesOf(recording)}`,
    label: `recording rule ${name}`,
    component: null,
    source,
    at,
    ignores,
    fields: {
      name,
      group,
      expression,
      syntaxError: syntaxErrorOf(recording),
      analysed: query.syntaxError?.kind !== 'not-analysed',
      emptyReason,
      brokenJoins,
      perhapsBroken,
      twins: twins.map(placeOf),
      likeTwins: others.map(placeOf),
    },
  }
}

/** Name and static labels of the series that a rule writes. */
function seriesOf({ name, labels }: RecordingRule): string {
  return JSON.stringify([name, Object.entries(labels).sort(([a], [b]) => compareText(a, b))])
}

/** In the same file: what two files record may belong to two servers. */
function isBefore(other: RecordingRule, { source }: RecordingRule): boolean {
  return other.source.path === source.path && other.source.line < source.line
}

/** The same expression, or two that give one series each, without labels. */
function sameSeriesAs(recording: RecordingRule): (other: RecordingRule) => boolean {
  const text = plain(recording)
  const isSingle = isOneSeries(recording)
  return (other) => plain(other) === text || (isSingle && isOneSeries(other))
}

/** Two expressions that keep the same labels may give the same series; whether they do, their values decide. */
function perhapsSame(recording: RecordingRule): (other: RecordingRule) => boolean {
  const isSame = sameSeriesAs(recording)
  const kept = JSON.stringify(recording.query.keptLabels?.toSorted() ?? null)
  return (other) => !isSame(other) && JSON.stringify(other.query.keptLabels?.toSorted() ?? null) === kept
}

function isOneSeries({ query }: RecordingRule): boolean {
  return query.syntaxError === null && query.keptLabels?.length === 0
}

function plain({ expression }: RecordingRule): string {
  return expression.replace(/\s+/g, ' ').trim()
}

function placeOf({ source }: RecordingRule): string {
  return `${source.path}:${source.line}`
}
