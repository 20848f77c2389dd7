/** Services, autoscalers, budgets and entry points as subjects: objects that are nothing without what they refer to. */
import type { Workload } from '../../facts/kubernetes.js'
import type { Component } from '../../system/component.js'
import type { Model } from '../../system/model.js'
import { instancesOf, runsOn, runsPerNode, sameNamespace, selects } from '../../system/workloads.js'
import type { Subject } from '../subject.js'
import { budgetFields } from './budgets.js'
import { objectSubject } from './object.js'

export function wiringSubjects({ facts, system }: Model): Subject[] {
  const workloads = facts.of('workload').filter((workload) => !workload.fragment)
  const ownerOf = (workload: Workload): Component | undefined =>
    system.components.find((component) => component.workloads.includes(workload))
  return [
    ...facts
      .of('service')
      .filter((service) => !service.fragment)
      .map((service): Subject => {
        const selected = workloads.filter(
          (workload) => sameNamespace(workload, service) && selects(service.selector, workload.podLabels),
        )
        const component = system.components.find((candidate) => candidate.services.includes(service))
        return {
          ...objectSubject('service', service, component),
          fields: {
            name: service.name,
            namespace: service.namespace,
            type: service.type,
            hasSelector: service.selector !== null && Object.keys(service.selector).length > 0,
            selects: selected.map((workload) => workload.name),
          },
        }
      }),
    ...facts
      .of('autoscaler')
      .filter((scaler) => !scaler.fragment)
      .map((scaler): Subject => {
        const target = workloads.find(
          (workload) =>
            sameNamespace(workload, scaler) &&
            workload.kind === scaler.target.kind &&
            workload.name === scaler.target.name,
        )
        const requested = (resource: 'cpu' | 'memory'): boolean =>
          target !== undefined &&
          target.containers.every(
            (container) => (container.requests[resource] ?? container.limits[resource]) !== null,
          )
        return {
          ...objectSubject('autoscaler', scaler, target && ownerOf(target)),
          fields: {
            name: scaler.name,
            target: `${scaler.target.kind} ${scaler.target.name}`,
            targetFound: target !== undefined,
            minReplicas: scaler.minReplicas,
            maxReplicas: scaler.maxReplicas,
            utilisationOf: scaler.utilisationOf,
            targetRequests: (['cpu', 'memory'] as const).filter(requested),
            targetReplicasWritten: target !== undefined && target.replicas !== null,
          },
        }
      }),
    ...facts
      .of('disruption-budget')
      .filter((budget) => !budget.fragment)
      .map((budget): Subject => {
        const component = system.components.find((candidate) => candidate.budgets.includes(budget))
        const guarded = workloads.filter(
          (workload) =>
            runsOn(workload) &&
            sameNamespace(workload, budget) &&
            selects(budget.selector, workload.podLabels),
        )
        return {
          ...objectSubject('budget', budget, component),
          fields: budgetFields(budget, instancesOfAll(guarded, ownerOf)),
        }
      }),
    ...facts
      .of('entry-point')
      .filter((entry) => !entry.fragment)
      .map((entry): Subject => {
        const isThere = (name: string): boolean =>
          facts.of('service').some((service) => service.name === name && sameNamespace(service, entry))
        const backends = [...new Set(entry.backends.map((backend) => backend.service))]
        return {
          ...objectSubject(
            'entrypoint',
            entry,
            system.components.find((component) =>
              component.services.some((service) => backends.includes(service.name)),
            ),
          ),
          fields: {
            name: entry.name,
            kind: entry.kind,
            backends,
            missingBackends: backends.filter((name) => !isThere(name)),
          },
        }
      }),
  ]
}

/** A budget over several workloads counts the pods of all; null without any, or where the number of nodes decides. */
function instancesOfAll(
  workloads: Workload[],
  ownerOf: (workload: Workload) => Component | undefined,
): number | null {
  const distinct = [...new Map(workloads.map((workload) => [workload.id, workload])).values()]
  if (distinct.length === 0 || distinct.some(runsPerNode)) return null
  return distinct.reduce((sum, workload) => sum + instancesOf(workload, ownerOf(workload)), 0)
}
