/** What a journal proves: a run's grade is the worst that any of its weaknesses gives, and each is named. */
import type { Grade, RunVerdict } from '../../../facts/experiment.js'
import type { ExperimentActions } from '../../../knowledge/experiment-actions.js'
import type { Injection } from './injection.js'
import type { Journal, SteadyState } from './journal.js'
import { methodSamples, removedOnlyByRollback } from './recovery.js'

interface Weakness {
  grade: 'weak' | 'invalid'
  reason: string
}

export function gradeOf(
  journal: Journal,
  injection: Injection,
  words: ExperimentActions,
): { grade: Grade; reasons: string[] } {
  const weaknesses = [
    ...nothingTried(journal, injection),
    ...baselineWeaknesses(journal),
    ...outcomeWeaknesses(journal, injection, words),
    ...injection.otherFailures.map(weak),
    ...journal.badTimes.map((fault) => weak(`times are incomplete: ${fault}`)),
  ]
  const grade = weaknesses.some((weakness) => weakness.grade === 'invalid')
    ? 'invalid'
    : weaknesses.length > 0
      ? 'weak'
      : 'valid'
  return { grade, reasons: weaknesses.map(({ reason }) => reason) }
}

/** An outage that healed before the last check is a failure of the hypothesis, whatever the journal's status says. */
export function verdictOf(journal: Journal): RunVerdict {
  if (journal.status === 'aborted' || journal.status === 'interrupted') return 'aborted'
  if (!journal.hypothesis || journal.before?.met === false) return 'unknown'
  if (journal.during.some(({ met }) => met === false) || journal.after?.met === false) return 'fail'
  if (journal.after?.met === true) return 'pass'
  return journal.deviated ? 'fail' : 'unknown'
}

/** Without these a run says nothing about the service. */
function nothingTried(journal: Journal, injection: Injection): Weakness[] {
  if (journal.dry) return [invalid('dry run: nothing was injected')]
  if (journal.run.length === 0) {
    return [
      invalid(
        journal.before?.met === false ? 'the baseline check failed, so the method never ran' : 'nothing ran',
      ),
    ]
  }
  const noAction = journal.run.every(({ activity }) => activity.kind === 'probe')
  if (noAction) return [invalid('the method has no action: nothing was injected')]
  const unclear = injection.actions.length === 0 && injection.refused.length === 0
  return [
    ...injection.refused.map((why) => invalid(`fault not injected: ${why}`)),
    ...injection.unproven.map((why) => weak(`injection not proven: ${why}`)),
    ...(unclear ? [weak('injection not proven: no action is known to inject a fault')] : []),
  ]
}

function baselineWeaknesses({ hypothesis, recordsOutcome, before, run }: Journal): Weakness[] {
  if (!hypothesis || !recordsOutcome) return []
  if (before?.met === false) return run.length === 0 ? [] : [invalid('the baseline was out of tolerance')]
  if (before?.met !== true) return [weak('the baseline was not measured')]
  return missingProbes('before', before, hypothesis.length)
}

function outcomeWeaknesses(journal: Journal, injection: Injection, words: ExperimentActions): Weakness[] {
  const { hypothesis, after, during } = journal
  if (!hypothesis) return [weak('no hypothesis: an exploration, not a test')]
  if (!journal.recordsOutcome) return [weak('this dialect does not record whether the hypothesis held')]
  if (journal.run.length === 0) return []
  const series = during.some(({ met }) => met !== null) || methodSamples(journal).length > 0
  const found = during.flatMap((state, index) => missingProbes(`during[${index}]`, state, hypothesis.length))
  if (after?.met === undefined || after.met === null) {
    found.push(weak('the outcome was not measured after the method'))
  } else {
    found.push(...missingProbes('after', after, hypothesis.length))
    found.push(...tooEarly(after, injection, words.settleSeconds))
    if (!series) found.push(weak('measured only before and after, at one instant each'))
  }
  if (removedOnlyByRollback(journal, injection)) {
    found.push(weak('the fault was removed only by a rollback: tolerance was checked, recovery was not'))
  }
  return found
}

function tooEarly(after: SteadyState, { onset }: Injection, settleSeconds: number): Weakness[] {
  if (!after.met || after.start === null || !onset) return []
  const seconds = (after.start - onset.latest) / 1000
  if (seconds >= settleSeconds) return []
  return [
    weak(
      `the last check began ${Math.max(0, seconds).toFixed(1)} s after the fault: too early to show its effect`,
    ),
  ]
}

function missingProbes(where: string, { sampled }: SteadyState, declared: number): Weakness[] {
  if (sampled >= declared) return []
  return [weak(`${where}: ${sampled} of ${declared} probes sampled; the others are unknown, not passed`)]
}

function weak(reason: string): Weakness {
  return { grade: 'weak', reason }
}

function invalid(reason: string): Weakness {
  return { grade: 'invalid', reason }
}
