/** Whom NetworkPolicies isolate: which of them select the pods of a workload, and how sure that is. */
import type { Workload } from '../../facts/kubernetes.js'
import type { NetworkPolicy } from '../../facts/network-policy.js'
import { folderOf } from '../manifests/folders.js'
import type { Placed } from '../manifests/kustomize.js'
import type { Manifests } from '../manifests/manifests.js'
import { isTaken, matches } from '../manifests/selection.js'

export type Direction = 'ingress' | 'egress'

/** Policies that isolate a workload in one direction. */
export interface Isolation {
  certain: NetworkPolicy[]
  /** Those that only some environments have, or of which it is not known whether they share its namespace. */
  possible: NetworkPolicy[]
}

/** Asked for every call of a workload and every call to it, and decided over all policies: once for each. */
const decided = new WeakMap<Manifests, Record<Direction, Map<Workload, Isolation>>>()

export function isolationOf(workload: Workload, direction: Direction, manifests: Manifests): Isolation {
  let known = decided.get(manifests)
  if (!known) decided.set(manifests, (known = { ingress: new Map(), egress: new Map() }))
  let isolation = known[direction].get(workload)
  if (!isolation) known[direction].set(workload, (isolation = decide(workload, direction, manifests)))
  return isolation
}

function decide(workload: Workload, direction: Direction, manifests: Manifests): Isolation {
  const isolation: Isolation = { certain: [], possible: [] }
  // Pods in the network of their node are mostly not policed.
  if (workload.hostNetwork) return isolation
  for (const policy of policiesOf(direction, manifests)) {
    const meeting = selectsPodsOf(policy, workload, manifests)
    if (meeting !== 'never') isolation[meeting].push(policy)
  }
  return isolation
}

function policiesOf(direction: Direction, { objects }: Manifests): NetworkPolicy[] {
  return objects.policies.filter((policy) => policy.isRead && policy[direction] !== null)
}

/** Workloads whose labels a policy asks for, in the namespace that it may be in. */
export function workloadsUnder(policy: NetworkPolicy, manifests: Manifests): Workload[] {
  const near = manifests.pods.near(policy)
  const selected = near.filter((workload) =>
    manifests.pods.labelsOf(workload).some((labels) => matches(policy.selector, labels)),
  )
  return manifests.met(policy, selected).map(({ object }) => object)
}

function selectsPodsOf(
  policy: NetworkPolicy,
  workload: Workload,
  manifests: Manifests,
): 'certain' | 'possible' | 'never' {
  const isSelected = manifests.pods.labelsOf(workload).some((labels) => matches(policy.selector, labels))
  if (!isSelected) return isTaken(policy.selector) ? 'never' : 'possible'
  const [met] = manifests.met(workload, [policy])
  if (!met) return 'never'
  return met.where === 'always' && areTogether(policy, workload, manifests) ? 'certain' : 'possible'
}

/**
 * Rendered together, in one namespace that is named, or without any in one folder: what names no namespace goes to
 * wherever it is applied, which is not everywhere.
 */
export function areTogether(a: Placed, b: Placed, { kustomizations }: Manifests): boolean {
  const [mine, theirs] = [a, b].map((object) => kustomizations.deploymentsOf(object)) as [
    ReturnType<typeof kustomizations.deploymentsOf>,
    ReturnType<typeof kustomizations.deploymentsOf>,
  ]
  if (mine.some(({ by }) => by !== null && theirs.some((other) => other.by === by))) return true
  const [own, other] = [kustomizations.namespacesOf(a), kustomizations.namespacesOf(b)]
  if (own.length > 0 || other.length > 0) return own.some((namespace) => other.includes(namespace))
  return folderOf(a.source.path) === folderOf(b.source.path)
}
