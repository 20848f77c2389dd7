/** Components, dependencies and failure chains as subjects: what only the joined evidence can tell. */
import type { Source } from '../../facts/source.js'
import { attemptsOf, ownAttemptsOf } from '../../system/amplification.js'
import type { AlertTie, Component, Dependency } from '../../system/component.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'
import type { Watch } from '../../system/alerts/detection.js'
import { canFire } from '../../system/alerts/silent-alerts.js'
import type { Model, TriedChain } from '../../system/model.js'
import { outwaitedBy } from '../../system/outwaited.js'
import { ownWaitsOf } from '../../system/time-budget.js'
import { withoutRecords } from '../../system/run-records.js'
import { runsOn } from '../../system/workloads.js'
import type { Subject } from '../subject.js'
import { guardFields } from './code.js'
import { joinedFields } from './joined-fields.js'

export function systemSubjects(model: Model): Subject[] {
  const { system, chains } = model
  const evidence = evidenceFields(model)
  return [
    ...system.components.map((component) => componentSubject(component, model, evidence)),
    ...system.dependencies.map((dependency) => dependencySubject(dependency, model)),
    ...chains.map((chain) => chainSubject(chain, model, evidence)),
  ]
}

type Evidence = ReturnType<typeof evidenceFields>

/** Without any alert rules, or anything that would tell of a run, what they would say is not known. */
function evidenceFields({ facts, runs }: Model): { anyAlerts: boolean; anyExperiments: boolean } {
  return {
    anyAlerts: facts.of('alert').length > 0,
    anyExperiments:
      facts.of('experiment').some((plan) => withoutRecords(plan, runs) === null) || runs.length > 0,
  }
}

function componentSubject(component: Component, model: Model, evidence: Evidence): Subject {
  const point = model.singlePoints.find((candidate) => candidate.component === component.id)
  return {
    kind: 'component',
    identity: component.id,
    label: component.name,
    component: component.id,
    source: placeOf(component, model),
    at: {},
    ignores: Object.assign({}, ...component.workloads.map((workload) => workload.ignores)),
    fields: joinedFields(
      guardFields(component.guards),
      {
        id: component.id,
        kind: component.kind,
        name: component.name,
        entry: component.entry,
        dependents: model.system.dependentsOf(component.id).length,
        runsInCluster: component.workloads.some(runsOn),
        hasCode: component.packages.length > 0,
        singlePoint: point !== undefined,
        dominates: point?.dominates ?? [],
      },
      watchFields(component, model.watch),
      trialFields(component, model),
      evidence,
    ),
  }
}

function watchFields({ alerts }: Component, watch: Watch): object {
  const ties = alerts.filter((tie) => canFire(tie.alert, watch))
  const possible = watchedBy(ties.filter(({ certainty }) => certainty !== 'named'))
  return {
    ...watchedBy(ties.filter(({ certainty }) => certainty === 'named')),
    possibleAlerts: [...possible.alerts, ...watch.unanalysed.map(({ name }) => name)],
    possibleSymptoms: watch.unanalysed.length > 0 ? symptomsIn(watch.policy) : possible.symptoms,
  }
}

/** All that alerts may watch. */
function symptomsIn({ metrics }: DetectionPolicy): string[] {
  return [...new Set(metrics.map(({ symptom }) => symptom))].sort()
}

function watchedBy(ties: AlertTie[]): { alerts: string[]; symptoms: string[] } {
  return {
    alerts: ties.map((tie) => tie.alert.name),
    symptoms: [...new Set(ties.map((tie) => tie.symptom))].sort(),
  }
}

/** Experiments on the component, and their runs. */
function trialFields(component: Component, { facts, runs, system }: Model): object {
  const isAbout = ({ target }: { target: string | null }): boolean => system.named(target) === component
  const own = runs.filter(isAbout)
  return {
    experiments: facts
      .of('experiment')
      .filter(isAbout)
      .map(({ id }) => id),
    runs: own.length,
    validRuns: own.filter(({ grade }) => grade === 'valid').length,
  }
}

function dependencySubject(dependency: Dependency, model: Model): Subject {
  const [from, to] = [dependency.from, dependency.to].map((id) => model.system.component(id)!) as [
    Component,
    Component,
  ]
  return {
    kind: 'dependency',
    identity: dependency.id,
    label: `${from.name} to ${to.name}`,
    component: from.id,
    source: dependency.sources[0] ?? placeOf(from, model),
    at: {},
    ignores: {},
    fields: {
      ...guardFields(dependency.guards),
      from: from.name,
      to: to.name,
      protocol: dependency.protocol,
      toKind: to.kind,
      criticality: dependency.criticality,
      attempts: attemptsOf(dependency),
      calls: dependency.clients.reduce((sum, client) => sum + client.calls.length, 0),
      ...proxyFields(dependency),
      ...outwaitedFields(dependency, model),
    },
    places: () =>
      dependency.sources.map((source) => ({ source, message: `${from.name} calls ${to.name} here` })),
  }
}

function outwaitedFields(dependency: Dependency, { system }: Model): object {
  const { misfits, open, fits } = outwaitedBy(dependency, system)
  return { outwaited: misfits, outwaitedOpen: open, outwaitedFits: fits }
}

/** What the code waits and retries, and what the proxy beside it does in that time. */
function proxyFields(dependency: Dependency): object {
  const { guards, tries, needSeconds, doubt } = dependency.proxied
  const waits = ownWaitsOf(dependency)
  const known = waits.filter((seconds) => seconds !== null)
  return {
    ownAttempts: ownAttemptsOf(dependency),
    ownSeconds: known.length === 0 ? null : Math.min(...known),
    ownSecondsKnown: waits.length > 0 && known.length === waits.length,
    proxyTries: tries,
    proxySeconds: needSeconds,
    proxyRule: guards['http-retry']?.reason ?? '',
    proxyDoubt: doubt,
  }
}

function chainSubject(chain: TriedChain, model: Model, evidence: Evidence): Subject {
  const trigger = model.system.component(chain.trigger.component)!
  return {
    kind: 'chain',
    identity: chain.id,
    label: chain.title,
    component: chain.links[0]?.to ?? null,
    source: chain.links[0]?.evidence[0] ?? placeOf(trigger, model),
    at: {},
    ignores: {},
    fields: {
      id: chain.id,
      title: chain.title,
      pattern: chain.pattern,
      trigger: trigger.name,
      fault: chain.trigger.fault,
      state: chain.state,
      untold: chain.untold,
      priority: chain.priority,
      priorityBasis: chain.priorityBasis,
      links: chain.links.length,
      loop: chain.loop,
      missing: chain.missing,
      worst: chain.amplification.worst,
      retried: chain.retried,
      experiment: chain.experiment,
      runsCounting: countingIn(chain),
      ...noticeFields(chain),
      objectiveSeconds: model.configuration.objectives.recoverySeconds ?? null,
      ...budgetFields(chain),
      ...evidence,
    },
    places: () =>
      chain.links.flatMap((link) =>
        link.evidence.slice(0, 1).map((source) => ({ source, message: link.mechanism })),
      ),
  }
}

/** How the runs went by which a chain has failed. */
function countingIn({ state, failures: { counting, failed, late } }: TriedChain): string | null {
  if (state !== 'FAILED') return null
  const lateness = late > 0 ? ` and recovery was late in ${late}` : ''
  return `${counting === 1 ? 'the one run' : `${counting} runs`} that count${counting === 1 ? 's' : ''}, of which ${failed} failed${lateness}`
}

function noticeFields({ noticed, detection }: TriedChain): object {
  return {
    noticed: noticed === 'yes',
    noticeKnown: noticed !== 'unknown',
    noticeReason: detection.reason,
    noticedAfterAtLeast: detection.best,
    noticedNotBefore: detection.soonest,
    noticedAfterAtMost: detection.worst,
  }
}

function budgetFields({ budget }: TriedChain): object {
  return {
    slackSeconds: budget.slackSeconds,
    slackAtLeastSeconds: budget.atLeastSeconds,
    slackAtMostSeconds: budget.atMostSeconds,
    slackReason: budget.reason,
    overrunSeconds: budget.atMostSeconds === null ? null : -budget.atMostSeconds,
  }
}

/** Where a component is best pointed at: its first own evidence, else the place that names it. */
function placeOf(component: Component, model: Model): Source {
  const own = component.sources[0]
  if (own) return own
  const named = model.system.dependentsOf(component.id).flatMap((dependency) => dependency.sources)[0]
  return named ?? model.declaredAt(declarationOf(component, model))
}

/** Keys that lead to the component in the configuration; none when only a dependency names it. */
function declarationOf(component: Component, { configuration, system }: Model): PropertyKey[] {
  const index = configuration.components.findIndex(({ id }) => system.named(id) === component)
  return index < 0 ? [] : ['components', index]
}
