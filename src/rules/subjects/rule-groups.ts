/** Groups of rules and recording rules as subjects. */
import type { RecordingRule, Refusal, RuleGroup } from '../../facts/alert.js'
import { groupedBy } from '../../facts/grouped.js'
import { compareText } from '../../facts/source.js'
import type { Model } from '../../system/model.js'
import type { Subject } from '../subject.js'
import { flawFields } from './alert-flaws.js'
import { syntaxErrorOf } from './alert-syntax.js'

export function ruleGroupSubjects(model: Model): Subject[] {
  const recordings = model.facts.of('recording')
  const same = groupedBy(recordings.map(writingOf), ({ series }) => series)
  return [
    ...model.facts.of('rule-group').map(groupSubject),
    ...recordings.map((recording) => recordingSubject(recording, same.get(seriesOf(recording))!, model)),
  ]
}

function groupSubject(group: RuleGroup): Subject {
  const { name, namedBefore, intervalSeconds, alerts, records, holder, refusals, source, at, ignores } = group
  const [certain, doubted] = [refusals.filter(isCertain), refusals.filter((one) => !isCertain(one))]
  const [first] = [...certain, ...doubted]
  return {
    kind: 'rulegroup',
    identity: `${source.path}/${name}${namedBefore ? '/again' : ''}`,
    label: `rule group ${name}`,
    component: null,
    source,
    at: { ...at, ...(first && { refused: first.source }) },
    ignores,
    fields: {
      name,
      forPrometheus: holder !== 'VMRule' && holder !== 'Grafana',
      inGrafana: holder === 'Grafana',
      refusals: certain.map(asTold),
      perhapsRefused: doubted.map(
        ({ message, doubt, source: { line } }) => `line ${line}: ${message}; ${doubt}`,
      ),
      namedBefore: namedBefore && `${namedBefore.path}:${namedBefore.line}`,
      intervalSeconds,
      alerts,
      records,
    },
  }
}

function isCertain({ doubt }: Refusal): boolean {
  return doubt === null
}

function asTold({ message, source: { line } }: Refusal): string {
  return `line ${line}: ${message}`
}

/** `same`: what is said to write the same series. */
function recordingSubject(recording: RecordingRule, same: Writing[], { watch }: Model): Subject {
  const { name, group, expression, query, source, at, ignores } = recording
  const { emptyReason, brokenJoins, perhapsBroken } = flawFields(recording, watch)
  const own = writingOf(recording)
  const earlier = same.filter((other) => other.recording.source.line < source.line)
  const twins = earlier.filter((other) => isSame(own, other))
  const others = earlier.filter((other) => !isSame(own, other) && other.kept === own.kept)
  return {
    kind: 'recording',
    identity: `${source.path}/${group}/${labelledName(recording)}`,
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

/** What a recording rule writes, as far as two of them are compared by it. */
interface Writing {
  recording: RecordingRule
  series: string
  text: string
  kept: string
  /** One series, without labels. */
  isSingle: boolean
}

function writingOf(recording: RecordingRule): Writing {
  const { expression, query } = recording
  return {
    recording,
    series: seriesOf(recording),
    text: expression.replace(/\s+/g, ' ').trim(),
    // Two expressions that keep the same labels may give the same series; whether they do, their values decide.
    kept: JSON.stringify(query.keptLabels?.toSorted() ?? null),
    isSingle: query.syntaxError === null && query.keptLabels?.length === 0,
  }
}

/** In the same file: what two files record may belong to two servers. */
function seriesOf(recording: RecordingRule): string {
  return `${recording.source.path} ${labelledName(recording)}`
}

/** Name and static labels of the series that a rule writes. */
function labelledName({ name, labels }: RecordingRule): string {
  return JSON.stringify([name, Object.entries(labels).sort(([a], [b]) => compareText(a, b))])
}

function isSame(one: Writing, other: Writing): boolean {
  return one.text === other.text || (one.isSingle && other.isSingle)
}

function placeOf({ recording: { source } }: Writing): string {
  return `${source.path}:${source.line}`
}
