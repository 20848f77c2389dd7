/** What a ChaosResult proves: a grade is the worst that any of its weaknesses gives, and each is named. */
import type { Grade, RunVerdict } from '../../../facts/experiment.js'
import { endsByItself } from '../../chaos-tools/roles.js'
import { unknownState } from '../../chaos-tools/grading.js'
import { isHit, type Status } from './status.js'
import { isError, isOpen, meaning } from './words.js'

export function gradeOf(
  status: Status,
  verdict: RunVerdict,
  experiment: string | null,
): { grade: Grade; reasons: string[]; refuted: boolean } {
  const refuted = refutedBy(status)
  // What proves nothing needs no finer doubts.
  if (refuted.length > 0) return { grade: 'invalid', reasons: refuted, refuted: true }
  const reasons = [
    ...unfinished(status, verdict),
    ...injectionWeaknesses(status, experiment),
    ...probeWeaknesses(status, verdict),
    ...historyWeaknesses(status, verdict),
  ]
  return { grade: reasons.length > 0 ? 'weak' : 'valid', reasons, refuted: false }
}

/** An experiment that broke before it did anything says nothing of the service. */
function refutedBy({ verdict, phase, error, injected, baseline }: Status): string[] {
  const isBroken = isError(verdict) || isError(phase)
  return [
    ...(isBroken && injected !== true
      ? [
          `the experiment ended with an error, and no target is recorded as injected${error ? `: ${error}` : ''}`,
        ]
      : []),
    ...(baseline === false && injected !== true
      ? ['a probe failed before the fault: the baseline was out of tolerance']
      : []),
  ]
}

function unfinished({ verdict, phase, error }: Status, outcome: RunVerdict): string[] {
  if (isOpen(verdict))
    return [`no verdict: the run was not finished, or crashed (phase ${phase ?? 'not recorded'})`]
  if (outcome === 'unknown' && !isError(verdict)) return [`the verdict "${verdict}" is not known`]
  return outcome !== 'pass' && error !== null ? [`Litmus says: ${error}`] : []
}

function injectionWeaknesses({ targets, injected, reverted }: Status, experiment: string | null): string[] {
  if (targets.length === 0) return ['injection not proven: the result names no target']
  const open = targets.filter(({ chaos }) => !isHit(chaos))
  if (open.length > 0) {
    const [{ name, chaos }] = open as [Status['targets'][number]]
    if (chaos !== null && meaning('target', chaos) === null)
      return [unknownState(name ?? 'a target', chaos).reason]
    const others = open.length > 1 ? ` and ${open.length - 1} more` : ''
    return [
      `injection not proven: ${name ?? 'a target'}${others} is recorded as ${chaos ?? 'nothing'}, not as injected`,
    ]
  }
  // A pod that was deleted has nothing to be reverted.
  const isOver = experiment !== null && endsByItself(experiment)
  return injected === true && reverted !== true && !isOver
    ? ['the fault may still be there: a target is recorded as injected, not as reverted']
    : []
}

function probeWeaknesses(status: Status, verdict: RunVerdict): string[] {
  const { probes, baseline, watched, looked, percentage, failedProbes } = status
  if (probes.length === 0)
    return ['no probe: the verdict says that the experiment ran, not that the service stayed well']
  const names = probes.map(({ name }) => name)
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  const strange = probes.flatMap(({ name, strange }) => (strange === null ? [] : [{ name, strange }]))
  const open = probes
    .filter(({ passed, strange }) => passed === null && strange === null)
    .map(({ name }) => name)
  return [
    ...(twice.length > 0
      ? [`several probes are called ${[...new Set(twice)].join(', ')}: Litmus mixes up their results`]
      : []),
    ...strange.map(({ name, strange }) => unknownState(`the probe ${name}`, strange).reason),
    ...(open.length > 0 ? [`probes without a result: ${open.join(', ')}`] : []),
    ...(baseline === null ? ['the baseline was not measured: no probe looked before the fault'] : []),
    ...(!looked ? ['the outcome was not measured: no probe looked during or after the fault'] : []),
    ...(looked && !watched ? ['measured only before and after, at one instant each'] : []),
    ...(verdict === 'pass' && failedProbes.length > 0
      ? [`the verdict is Pass, but these probes failed: ${failedProbes.join(', ')}`]
      : []),
    ...(verdict === 'pass' && percentage !== null && percentage < 100
      ? [`the verdict is Pass, but ${percentage} % of the probes succeeded`]
      : []),
    ...(verdict === 'fail' && failedProbes.length === 0
      ? ['the verdict is Fail, but no probe failed: the experiment may have failed, and not the service']
      : []),
  ]
}

/** The counts go on over all runs of an engine, and leave out those that ended with an error. */
function historyWeaknesses({ counts, knownRuns }: Status, verdict: RunVerdict): string[] {
  if (counts === null || knownRuns === null) return []
  const own = {
    pass: counts.passed,
    fail: counts.failed,
    aborted: counts.stopped,
    partial: null,
    unknown: null,
  }[verdict]
  return [
    ...(own === 0 ? ['the history does not count this run: an errored run is counted nowhere'] : []),
    ...(knownRuns > 1
      ? [
          `when it ran is not known: the result is that of the last of ${knownRuns} runs, its time that of the first`,
        ]
      : []),
  ]
}
