/** Pods of a StatefulSet by their own names, which Kubernetes writes on them as a label. */
import type { DisruptionBudget, NetworkService, Workload } from '../../facts/kubernetes.js'

const POD_NAME = 'statefulset.kubernetes.io/pod-name'

/** The label of the single pod that a selector asks for, if it asks for one. */
export function singlePodOf(object: NetworkService | DisruptionBudget): Record<string, string> | null {
  const labels = object.fact === 'service' ? object.selector : object.selector?.labels
  const name = labels?.[POD_NAME]
  return name === undefined ? null : { [POD_NAME]: name }
}

export function isPodName(label: string): boolean {
  return label === POD_NAME
}

/** True for `cart-0` of a StatefulSet that is deployed as `cart`, however many instances it has: it may be scaled. */
export function hasPod({ kind }: Workload, deployedNames: string[], pod: Record<string, string>): boolean {
  const name = pod[POD_NAME] ?? ''
  const owner = name.replace(/-\d+$/, '')
  return kind === 'StatefulSet' && owner !== name && deployedNames.includes(owner)
}
