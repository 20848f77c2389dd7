/** PodDisruptionBudgets as subjects, and what they permit for a number of instances. */
import type { DisruptionBudget, Workload } from '../../facts/kubernetes.js'
import { formatSource } from '../../facts/source.js'
import { parseAmount } from '../../facts/units.js'
import { instancesOf } from '../../system/manifests/instances.js'
import type { Model } from '../../system/model.js'
import { isTaken } from '../../system/manifests/selection.js'
import { meantBy, NOBODY } from '../../system/wiring/meant.js'
import { podMakerFor } from '../../system/wiring/pod-makers.js'
import { runsOn, runsPerNode } from '../../system/workloads.js'
import type { Subject } from '../subject.js'
import { instancesIn, refusalOf } from './amounts.js'
import { objectSubject } from './object.js'
import { decidedTogether, patched } from './overlays.js'

type Policy = Pick<DisruptionBudget, 'minAvailable' | 'maxUnavailable'>

export function budgetSubject(budget: DisruptionBudget, model: Model): Subject {
  const { manifests, system } = model
  const guarded = guardedBy(budget, model)
  const counts = guarded.map((workload) => ({ workload, ...instancesOf(workload, manifests) }))
  // A budget over several workloads counts the pods of all; of a DaemonSet the number of nodes decides.
  const isKnown = guarded.length > 0 && !guarded.some(runsPerNode)
  const raised = counts.find(({ more }) => more !== null)?.more
  const patches = patched(manifests.patchesOfBudget(budget))
  const amounts = ['minAvailable', 'maxUnavailable']
  const component = system.guardedBy(budget)
  const place = budget.at['minAvailable'] ?? budget.at['maxUnavailable']
  const least = isKnown ? counts.reduce((sum, count) => sum + count.least, 0) : null
  const fieldsOf = (written: DisruptionBudget): object => ({
    ...budgetFields(written, least),
    permitsNone: permitsNone(written) && !(guarded.length > 0 && guarded.every(runsPerNode)),
    guarded: guarded.map(({ kind, name }) => `${kind} ${name}`),
    counted: counts.map(({ workload, reason }) => `${workload.kind} ${workload.name}: ${reason}`),
    componentKind: component?.kind ?? 'service',
    ...selectionFields(budget, model),
  })
  return {
    ...objectSubject('budget', budget, component, manifests),
    at: { ...budget.at, ...(place && { policy: place, instances: place }) },
    decidedElsewhere: {
      ...patches,
      ...decidedTogether(patches, { policy: amounts, instances: amounts }),
      ...(raised && { instances: raised.reason }),
      ...differing(budget, counts, model),
    },
    fields: fieldsOf(budget),
    elsewhere: (budget.elsewhere ?? []).map(({ environment, object }) => ({
      environment,
      fields: fieldsOf(object),
    })),
  }
}

/** What it selects, of any kind, and the workloads that are surely in its namespace. */
function selectionFields(budget: DisruptionBudget, { manifests }: Model): object {
  const selected = manifests.selectedBy(budget)
  const { neighbours, names } = selected.length > 0 ? NOBODY : meantBy(budget, manifests)
  return {
    selects: selected.map(({ object }) => object.name),
    isTaken: isTaken(budget.selector),
    podMaker: podMakerFor(budget.selector, budget, manifests),
    neighbours,
    meant: names,
  }
}

/** Workloads that run on, each once however often it is written. */
function guardedBy(budget: DisruptionBudget, { manifests }: Model): Workload[] {
  const guarded = manifests
    .selectedBy(budget)
    .map(({ object }) => object)
    .filter(runsOn)
  return [...new Map(guarded.map((workload) => [workload.id, workload])).values()]
}

/** A workload that is written several times, each time with another number of instances. */
function differing(
  budget: DisruptionBudget,
  counts: { workload: Workload; least: number }[],
  { manifests }: Model,
): Record<string, string> {
  const counted = new Map(counts.map(({ workload, least }) => [workload.id, least]))
  const others = manifests.selectedBy(budget).filter(({ object }) => counted.has(object.id))
  const other = others.find(({ object }) => instancesOf(object, manifests).least !== counted.get(object.id))
  return other
    ? {
        instances: `${other.object.kind} ${other.object.name} is defined several times, with different numbers of instances (${formatSource(other.object.source)})`,
      }
    : {}
}

/** What a budget is by itself; as a part of its workload it says no more. */
export function budgetFields(budget: DisruptionBudget, instances: number | null): object {
  const allowed = instances === null ? null : allowedDisruptions(budget, instances)
  return {
    name: budget.name,
    apiVersion: budget.apiVersion,
    minAvailable: budget.minAvailable,
    maxUnavailable: budget.maxUnavailable,
    hasPolicy: budget.minAvailable !== null || budget.maxUnavailable !== null,
    unhealthyPodEvictionPolicy: budget.unhealthyPodEvictionPolicy,
    refusal:
      refusalOf('maxUnavailable', budget.maxUnavailable, budget) ??
      refusalOf('minAvailable', budget.minAvailable, budget) ??
      refusalOfBoth(budget),
    instances,
    allowedDisruptions: allowed,
    permitsNone: permitsNone(budget),
    mustStay: instances === null || allowed === null ? null : instances - allowed,
    guarded: [],
    counted: [],
    componentKind: 'service',
    ...{ selects: [], isTaken: true, podMaker: null, neighbours: 0, meant: [] },
  }
}

/**
 * Evictions that the budget permits with all instances healthy; percentages round up, and without a policy there are none,
 * as in the disruption controller. Null when an amount is none.
 */
export function allowedDisruptions(
  { minAvailable, maxUnavailable }: Policy,
  instances: number,
): number | null {
  const count = (amount: string): number | null => instancesIn(amount, instances, Math.ceil)
  if (maxUnavailable !== null) {
    const away = count(maxUnavailable)
    return away === null ? null : Math.min(instances, away)
  }
  if (minAvailable === null) return 0
  const needed = count(minAvailable)
  return needed === null ? null : Math.max(0, instances - needed)
}

/** True for what permits no eviction of however many instances. */
function permitsNone({ minAvailable, maxUnavailable }: Policy): boolean {
  if (maxUnavailable !== null) return isShare(maxUnavailable, 0) || maxUnavailable === '0'
  return minAvailable !== null && isShare(minAvailable, 100)
}

function isShare(amount: string, percent: number): boolean {
  const parsed = parseAmount(amount)
  return parsed !== null && 'percent' in parsed && parsed.percent === percent
}

/** Validation of PodDisruptionBudgetSpec: the two exclude each other. */
function refusalOfBoth({ minAvailable, maxUnavailable, at, source }: DisruptionBudget): string | null {
  if (minAvailable === null || maxUnavailable === null) return null
  return `minAvailable ${minAvailable} and maxUnavailable ${maxUnavailable} (${formatSource(at['maxUnavailable'] ?? source)}) are rejected by Kubernetes: only one of them may be set`
}
