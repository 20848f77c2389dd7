/** Whether workloads whose egress is isolated still reach the cluster's DNS, without which no call by a name begins. */
import type { Workload } from '../../facts/kubernetes.js'
import type { LabelSelector } from '../../facts/label-selector.js'
import type { NetworkPolicy, PolicyPeer, PolicyPort, PolicyRule } from '../../facts/network-policy.js'
import { clusterDns } from '../../knowledge/manifests/cluster-dns.js'
import type { Manifests } from '../manifests/manifests.js'
import { isolationOf } from './network-policies.js'
import { best, every, NAMESPACE_NAME, type Answer } from './policy-peers.js'

export interface NameResolution {
  answer: Answer
  /** The policies that isolate it, the first being the one to blame. */
  policies: NetworkPolicy[]
}

/** Null for a workload whose egress nothing isolates for certain. */
export function nameResolutionOf(workload: Workload, manifests: Manifests): NameResolution | null {
  const { certain, possible } = isolationOf(workload, 'egress', manifests)
  if (certain.length === 0) return null
  const permits = (policy: NetworkPolicy): Answer =>
    best(
      (policy.egress ?? []).map((rule) =>
        asksCluster(workload) ? permitsDns(rule, policy, manifests) : permitsOtherDns(rule),
      ),
    )
  const answer = best(certain.map(permits))
  const isOpen = possible.some((policy) => permits(policy) !== 'no') || !isReadWhole(certain, manifests)
  return { answer: answer === 'no' && isOpen ? 'perhaps' : answer, policies: certain }
}

/** With `Default` it asks the servers of its node, with `None` those that it names itself. */
function asksCluster({ dnsPolicy }: Workload): boolean {
  return dnsPolicy !== 'Default' && dnsPolicy !== 'None'
}

/** Where those servers are is not known. */
function permitsOtherDns({ ports }: PolicyRule): Answer {
  return ports.length > 0 && best(ports.map(isDnsPort)) === 'no' ? 'no' : 'perhaps'
}

/** Neither policies of other kinds nor patches add to what is permitted. */
function isReadWhole(policies: NetworkPolicy[], { objects }: Manifests): boolean {
  const patched = new Set(objects.fragments.policies.map(({ name }) => name))
  return objects.policies.every(({ isRead }) => isRead) && !policies.some(({ name }) => patched.has(name))
}

function permitsDns(rule: PolicyRule, policy: NetworkPolicy, manifests: Manifests): Answer {
  const peers =
    rule.peers.length === 0 ? 'yes' : best(rule.peers.map((peer) => isDns(peer, policy, manifests)))
  const ports = rule.ports.length === 0 ? 'yes' : best(rule.ports.map(isDnsPort))
  return every([peers, ports])
}

/** Questions go by UDP first; over TCP alone only some resolvers ask. A port may have a name. */
function isDnsPort({ protocol, port, endPort }: PolicyPort): Answer {
  const { port: dns, others } = clusterDns()
  const [first, last] = [Number(port), endPort ?? Number(port)]
  const isNamed = port !== null && !/^\d+$/.test(port)
  const isPermitted = (number: number): boolean => port === null || (first <= number && number <= last)
  if (isNamed) return 'perhaps'
  if (!isPermitted(dns)) return others.some(isPermitted) ? 'perhaps' : 'no'
  return protocol === 'UDP' ? 'yes' : 'perhaps'
}

/** Blocks of addresses may hold that of the name service or of a cache on the node. */
function isDns({ block, pods, namespaces }: PolicyPeer, policy: NetworkPolicy, manifests: Manifests): Answer {
  if (block !== null) return 'perhaps'
  return every([
    isDnsPod(pods),
    namespaces ? isDnsNamespace(namespaces) : isInDnsNamespace(policy, manifests),
  ])
}

function isDnsPod(pods: LabelSelector | null): Answer {
  if (pods === null || isEmpty(pods)) return 'yes'
  const { labels, letters } = clusterDns()
  const written = Object.entries(pods.labels)
  if (pods.expressions.length > 0) return 'perhaps'
  const isKnown = written.every(([label, value]) => labels[label]?.includes(value))
  if (isKnown) return 'yes'
  return written.some(([label, value]) => label in labels && !value.includes(letters)) ? 'no' : 'perhaps'
}

function isDnsNamespace(selector: LabelSelector): Answer {
  if (isEmpty(selector)) return 'yes'
  const name = selector.labels[NAMESPACE_NAME]
  if (name === undefined || selector.expressions.length > 0) return 'perhaps'
  return clusterDns().namespaces.includes(name) ? 'yes' : 'perhaps'
}

/** Without a selector of namespaces, pods of the policy's own namespace are meant. */
function isInDnsNamespace(policy: NetworkPolicy, { kustomizations }: Manifests): Answer {
  const own = kustomizations.namespacesOf(policy)
  return own.some((namespace) => clusterDns().namespaces.includes(namespace)) ? 'yes' : 'no'
}

function isEmpty({ labels, expressions }: LabelSelector): boolean {
  return Object.keys(labels).length === 0 && expressions.length === 0
}
