/** Components, dependencies and failure chains as subjects: what only the joined evidence can tell. */
import type { Source } from '../../facts/source.js'
import { attemptsOf } from '../../system/amplification.js'
import type { Component } from '../../system/component.js'
import { canFire } from '../../system/detection.js'
import type { Model } from '../../system/model.js'
import { runsOn } from '../../system/workloads.js'
import type { Subject } from '../subject.js'
import { guardFields } from './code.js'

export function systemSubjects(model: Model): Subject[] {
  const anyAlerts = model.facts.of('alert').length > 0
  const anyExperiments = model.facts.of('experiment').length + model.runs.length > 0
  const { system } = model
  return [
    ...system.components.map((component): Subject => {
      const about = (name: string | null): boolean => system.named(name) === component
      const runs = model.runs.filter((run) => about(run.target))
      const ties = component.alerts.filter((tie) => canFire(tie.alert))
      const point = model.singlePoints.find((candidate) => candidate.component === component.id)
      return {
        kind: 'component',
        identity: component.id,
        label: component.name,
        component: component.id,
        source: placeOf(component, model),
        at: {},
        ignores: Object.assign({}, ...component.workloads.map((workload) => workload.ignores)),
        fields: {
          ...guardFields(component.guards),
          id: component.id,
          kind: component.kind,
          name: component.name,
          entry: component.entry,
          alerts: ties.map((tie) => tie.alert.name),
          symptoms: [...new Set(ties.map((tie) => tie.symptom))].sort(),
          experiments: model.facts
            .of('experiment')
            .filter((experiment) => about(experiment.target))
            .map((experiment) => experiment.id),
          runs: runs.length,
          validRuns: runs.filter((run) => run.grade === 'valid').length,
          dependents: system.dependentsOf(component.id).length,
          anyAlerts,
          anyExperiments,
          runsInCluster: component.workloads.some(runsOn),
          hasCode: component.packages.length > 0,
          singlePoint: point !== undefined,
          dominates: point?.dominates ?? [],
        },
      }
    }),
    ...system.dependencies.map((dependency): Subject => {
      const [from, to] = [system.component(dependency.from)!, system.component(dependency.to)!]
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
        },
        places: () =>
          dependency.sources.map((source) => ({ source, message: `${from.name} calls ${to.name} here` })),
      }
    }),
    ...model.chains.map((chain): Subject => {
      const trigger = system.component(chain.trigger.component)!
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
          priority: chain.priority,
          priorityBasis: chain.priorityBasis,
          links: chain.links.length,
          loop: chain.loop,
          noticed: chain.noticed === 'yes',
          noticeKnown: chain.noticed !== 'unknown',
          noticeReason: chain.detection.reason,
          anyAlerts,
          anyExperiments,
          missing: chain.missing,
          worst: chain.amplification.worst,
          retried: chain.retried,
          slackSeconds: chain.budget.slackSeconds,
          slackAtLeastSeconds: chain.budget.atLeastSeconds,
          slackAtMostSeconds: chain.budget.atMostSeconds,
          slackReason: chain.budget.reason,
          overrunSeconds: chain.budget.atMostSeconds === null ? null : -chain.budget.atMostSeconds,
          experiment: chain.experiment,
        },
        places: () =>
          chain.links.flatMap((link) =>
            link.evidence.slice(0, 1).map((source) => ({ source, message: link.mechanism })),
          ),
      }
    }),
  ]
}

/** Where a component is best pointed at: its first own evidence, else the place that names it. */
function placeOf(component: Component, model: Model): Source {
  const own = component.sources[0]
  if (own) return own
  const named = model.system.dependentsOf(component.id).flatMap((dependency) => dependency.sources)[0]
  return named ?? { path: 'resilience.yaml', line: 1, column: 1, endLine: 1 }
}
