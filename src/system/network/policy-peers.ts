/** Whether a rule of a NetworkPolicy speaks of a workload and of its ports: yes, no, or perhaps. */
import type { Workload } from '../../facts/kubernetes.js'
import type { LabelSelector } from '../../facts/label-selector.js'
import type { NetworkPolicy, PolicyPeer, PolicyPort, PolicyRule } from '../../facts/network-policy.js'
import { meshKnowledge } from '../../knowledge/manifests/mesh.js'
import type { Manifests } from '../manifests/manifests.js'
import { isTaken, matches } from '../manifests/selection.js'

export type Answer = 'yes' | 'perhaps' | 'no'

/** The label that Kubernetes itself puts on every namespace. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name'

/** The surest of several ways; none is no way. */
export function best(answers: Answer[]): Answer {
  return answers.includes('yes') ? 'yes' : answers.includes('perhaps') ? 'perhaps' : 'no'
}

/** All have to hold. */
export function every(answers: Answer[]): Answer {
  return answers.includes('no') ? 'no' : answers.includes('perhaps') ? 'perhaps' : 'yes'
}

/** `ports` are those of the one who is called. */
export function permitsWorkload(
  rule: PolicyRule,
  policy: NetworkPolicy,
  peer: Workload,
  ports: TargetPort[],
  manifests: Manifests,
): Answer {
  const speaksOf =
    rule.peers.length === 0 ? 'yes' : best(rule.peers.map((one) => isPeer(one, policy, peer, manifests)))
  return every([speaksOf, permitsPorts(rule, ports)])
}

/** A port at which pods listen. */
export interface TargetPort {
  number: number | null
  name: string | null
}

function permitsPorts(rule: PolicyRule, ports: TargetPort[]): Answer {
  if (rule.ports.length === 0) return 'yes'
  if (ports.length === 0) return 'perhaps'
  const answer = best(rule.ports.flatMap((permitted) => ports.map((port) => isPort(permitted, port))))
  return answer === 'no' && rule.ports.some(isOfProxy) ? 'perhaps' : answer
}

/** In a mesh calls may arrive at the proxy's port, and go on from there inside of the pod. */
function isOfProxy({ port }: PolicyPort): boolean {
  return meshKnowledge().proxyPorts.tunnels.includes(Number(port))
}

function isPort({ protocol, port, endPort }: PolicyPort, { number, name }: TargetPort): Answer {
  if (protocol !== 'TCP') return 'no'
  if (port === null || port === name || port === String(number)) return 'yes'
  if (endPort !== null && number !== null) return number >= Number(port) && number <= endPort ? 'yes' : 'no'
  // A name that the pods' containers do not declare, or a port of theirs of which only the name is known.
  return number === null || !/^\d+$/.test(port) ? (name === null || number === null ? 'perhaps' : 'no') : 'no'
}

/** Blocks of addresses are meant for what is outside; whether they hold for pods too depends on the network. */
export function isPeer(
  peer: PolicyPeer,
  policy: NetworkPolicy,
  workload: Workload,
  manifests: Manifests,
): Answer {
  if (peer.block !== null) return 'perhaps'
  const isOfPods =
    peer.pods === null || manifests.pods.labelsOf(workload).some((labels) => matches(peer.pods, labels))
  if (!isOfPods) return isTaken(peer.pods) ? 'no' : 'perhaps'
  return peer.namespaces === null
    ? inNamespaceOf(policy, workload, manifests)
    : inNamespaces(peer.namespaces, workload, manifests)
}

function inNamespaceOf(policy: NetworkPolicy, workload: Workload, { kustomizations }: Manifests): Answer {
  const [own, others] = [kustomizations.namespacesOf(policy), kustomizations.namespacesOf(workload)]
  if (own.length === 0 && others.length === 0) return 'yes'
  if (own.length === 0 || others.length === 0) return 'perhaps'
  return own.some((namespace) => others.includes(namespace)) ? 'yes' : 'no'
}

function inNamespaces(selector: LabelSelector, workload: Workload, manifests: Manifests): Answer {
  const keys = [...Object.keys(selector.labels), ...selector.expressions.map(({ key }) => key)]
  if (keys.length === 0) return 'yes'
  const namespaces = manifests.kustomizations.namespacesOf(workload)
  if (namespaces.length === 0) return 'perhaps'
  return best(namespaces.map((namespace) => isSelected(namespace, selector, keys, manifests)))
}

/** Of a namespace whose manifest was not read, only its name is known. */
function isSelected(
  namespace: string,
  selector: LabelSelector,
  keys: string[],
  { objects }: Manifests,
): Answer {
  const written = objects.namespaces.filter(({ name }) => name === namespace)
  const isKnown = written.length > 0 || keys.every((key) => key === NAMESPACE_NAME)
  const labels = Object.assign(
    { [NAMESPACE_NAME]: namespace },
    ...written.map((one) => one.labels),
  ) as Record<string, string>
  if (matches(selector, labels)) return 'yes'
  return isKnown ? 'no' : 'perhaps'
}
