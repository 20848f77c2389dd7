/** Which workloads a selector that selects nothing is meant for, by all appearance: a slip of the pen, a label too many. */
import type { Workload } from '../../facts/kubernetes.js'
import type { LabelSelector } from '../../facts/label-selector.js'
import { isSlipOf } from '../../knowledge/nearest.js'
import { workloadKinds } from '../../knowledge/manifests/workload-kinds.js'
import type { Placed } from '../manifests/kustomize.js'
import type { Manifests } from '../manifests/manifests.js'
import { areTogether } from '../network/network-policies.js'

export interface Meant {
  /** Workloads that are surely in the namespace of the object. */
  neighbours: number
  /** Names of those among them that it names, in its selector or by its own name, or nearly so. */
  names: string[]
}

/** Of a selector that selects something, nobody else is meant. */
export const NOBODY: Meant = { neighbours: 0, names: [] }

export function meantBy(object: Placed & { selector: LabelSelector | null }, manifests: Manifests): Meant {
  const neighbours = manifests.pods
    .near(object)
    .filter((workload) => areTogether(object, workload, manifests))
  const shared = sharedNames(neighbours)
  const isMeant = (workload: Workload): boolean =>
    !asksForAnother(object.selector, workload) &&
    (object.name === workload.name || isNamedBy(object.selector, workload, shared))
  return {
    neighbours: neighbours.length,
    names: [...new Set(neighbours.filter(isMeant).map(({ name }) => name))],
  }
}

/** A value of the selector is its name, or a slip for it; names that others share single out none. */
function isNamedBy(selector: LabelSelector | null, workload: Workload, shared: Set<string>): boolean {
  const names = namesOf(workload).filter((name) => name === workload.name || !shared.has(name))
  return wordsOf(selector).some((word) => names.some((own) => word === own || isSlipOf(word, own)))
}

/**
 * Its pods have one of the labels with a value that is no slip: the selector is for others, which may be deployed from elsewhere
 * (`app: cart, component: worker` where the pods are `app: cart, component: web`).
 */
function asksForAnother(selector: LabelSelector | null, { podLabels }: Workload): boolean {
  return Object.entries(selector?.labels ?? {}).some(([label, value]) => {
    const own = podLabels[label]
    return own !== undefined && own !== value && !isSlipOf(value, own)
  })
}

function wordsOf(selector: LabelSelector | null): string[] {
  const { labels = {}, expressions = [] } = selector ?? {}
  return [...Object.values(labels), ...expressions.flatMap(({ values }) => values)]
}

function namesOf({ name, podLabels }: Workload): string[] {
  return [name, ...workloadKinds().nameLabels.flatMap((label) => podLabels[label] ?? [])]
}

/** Labels that several differently called workloads have, the name of the system they are part of: they single out none. */
function sharedNames(workloads: Workload[]): Set<string> {
  const bearers = new Map<string, string>()
  const shared = new Set<string>()
  for (const workload of workloads)
    for (const name of namesOf(workload)) {
      const bearer = bearers.get(name) ?? workload.name
      if (bearer !== workload.name) shared.add(name)
      bearers.set(name, bearer)
    }
  return shared
}
