/** The status of a ChaosResult, in the words of all versions, without what is not in it. */
import type { Field } from '../../field.js'
import type { Meaning } from '../../../knowledge/experiment-tools.js'
import { AFTER, BEFORE, DURING } from './probes.js'
import { meaning } from './words.js'

export interface Status {
  phase: string | null
  verdict: string | null
  /** Null when the tool gives none, as while the run lasts. */
  percentage: number | null
  /** Why it failed or ended with an error, as the tool says it. */
  error: string | null
  /** `strange`: a word for its outcome that is not known. */
  probes: { name: string; passed: boolean | null; strange: string | null }[]
  failedProbes: string[]
  targets: { name: string | null; chaos: string | null }[]
  /** Of all targets; null where the record does not tell. */
  injected: boolean | null
  reverted: boolean | null
  /** Whether a probe looked before the fault, and while or after it was there; null when none did. */
  baseline: boolean | null
  watched: boolean
  looked: boolean
  /** Runs of the history; null without one. */
  knownRuns: number | null
  counts: { passed: number; failed: number; stopped: number } | null
  failedBefore: number
}

interface ProbeStatus {
  name: string
  /** Looks by the phase in which they were made. */
  before: boolean | null
  passed: boolean | null
  strange: string | null
  watched: boolean
  looked: boolean
}

const NOTHING = ['', 'N/A', 'NA']

/** Null for an object without a status. */
export function statusOf(status: Field): Status | null {
  // 1.x writes it small.
  const experiment = either(status, 'experimentStatus', 'experimentstatus')
  if (!experiment.exists) return null
  const probes = either(status, 'probeStatuses', 'probeStatus').items().map(readProbe)
  const verdict = experiment.get('verdict').text()
  const targets = status
    .get('history', 'targets')
    .items()
    .map((target) => ({ name: target.get('name').text(), chaos: target.get('chaosStatus').text() }))
  const counts = countsOf(status.get('history'))
  const isFailed = meaning('run', verdict) === 'failed'
  return {
    phase: experiment.get('phase').text(),
    verdict,
    percentage: percentageOf(experiment.get('probeSuccessPercentage')),
    error: errorOf(experiment),
    probes: probes.map(({ name, passed, strange }) => ({ name, passed, strange })),
    failedProbes: probes.filter(({ passed }) => passed === false).map(({ name }) => name),
    targets,
    ...reachedBy(targets),
    baseline: allOf(probes.flatMap(({ before }) => before ?? [])),
    watched: probes.some(({ watched }) => watched),
    looked: probes.some(({ looked }) => looked),
    knownRuns: counts && counts.passed + counts.failed + counts.stopped,
    counts,
    failedBefore: counts === null ? 0 : Math.max(0, counts.failed - (isFailed ? 1 : 0)),
  }
}

function either(field: Field, ...names: string[]): Field {
  return names.map((name) => field.get(name)).find(({ exists }) => exists) ?? field.get(names[0]!)
}

function countsOf(history: Field): Status['counts'] {
  if (!history.exists) return null
  const count = (name: string): number => history.get(name).number() ?? 0
  return { passed: count('passedRuns'), failed: count('failedRuns'), stopped: count('stoppedRuns') }
}

/** A text of "0" to "100", or "Awaited". */
function percentageOf(field: Field): number | null {
  const text = field.text()?.trim() ?? ''
  if (text === '' || meaning('run', text) === 'going') return null
  if (/^\d+(\.\d+)?$/.test(text) && Number(text) <= 100) return Number(text)
  field.problem(`probeSuccessPercentage is "${text}", which is no percentage from 0 to 100: it is not used`)
  return null
}

function errorOf(experiment: Field): string | null {
  const said = [
    experiment.get('failStep').text(),
    experiment.get('errorOutput', 'reason').text(),
    experiment.get('errorOutput', 'errorCode').text(),
  ]
  return said.find((text) => text !== null && !NOTHING.includes(text.trim())) ?? null
}

/** 3.x: a verdict and a mode. Before: a text for each phase in which the probe looked. */
function readProbe(probe: Field): ProbeStatus {
  const name = probe.get('name').text() ?? 'unnamed probe'
  const status = probe.get('status')
  const verdict = status.get('verdict').text()
  if (verdict !== null) {
    const mode = probe.get('mode').text() ?? ''
    const passed = passedIn(verdict)
    return {
      name,
      passed,
      strange: strangeIn([verdict]),
      // What failed in a mode that looks later too may have failed only then.
      before: BEFORE.includes(mode) && (passed !== false || mode === 'SOT') ? passed : null,
      watched: DURING.includes(mode) && passed !== null,
      looked: AFTER.includes(mode) && passed !== null,
    }
  }
  const said = ['preChaos', 'continuous', 'onChaos', 'postChaos'].map((phase) => status.get(phase).text())
  const phases = said.map(passedIn)
  const [before, continuous, during, after] = phases as [
    boolean | null,
    boolean | null,
    boolean | null,
    boolean | null,
  ]
  return {
    name,
    passed: allOf(phases.flatMap((phase) => phase ?? [])),
    strange: strangeIn(said),
    before: before ?? (continuous === true ? true : null),
    watched: continuous !== null || during !== null,
    looked: continuous !== null || during !== null || after !== null,
  }
}

/** `Passed 👍`, `Failed 👎`, `Awaited`, `N/A`; 1.x goes on after the word. */
function passedIn(text: string | null): boolean | null {
  const found = outcomeIn(text)
  return found === 'done' ? true : found === 'failed' ? false : null
}

function outcomeIn(text: string | null): Meaning | null {
  return meaning('probe', text) ?? meaning('probe', text?.trim().split(/\s/, 1)[0] ?? null)
}

function strangeIn(texts: (string | null)[]): string | null {
  return texts.find((text) => text !== null && text.trim() !== '' && outcomeIn(text) === null) ?? null
}

function allOf(answers: boolean[]): boolean | null {
  return answers.length === 0 ? null : answers.every(Boolean)
}

/** `targeted` says what was chosen, not what was done to it. */
function reachedBy(targets: Status['targets']): { injected: boolean | null; reverted: boolean | null } {
  const isAny = targets.length > 0
  return {
    injected: isAny && targets.every(({ chaos }) => isHit(chaos)) ? true : null,
    reverted: isAny && targets.every(({ chaos }) => meaning('target', chaos) === 'reverted') ? true : null,
  }
}

export function isHit(chaos: string | null): boolean {
  const came = meaning('target', chaos)
  return came === 'injected' || came === 'reverted'
}
