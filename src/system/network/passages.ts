/** Dependencies through NetworkPolicies: whether what a component calls lets it, and is let. */
import type { NetworkService, Workload } from '../../facts/kubernetes.js'
import type { NetworkPolicy, PolicyRule } from '../../facts/network-policy.js'
import { formatSource } from '../../facts/source.js'
import { clusterDns } from '../../knowledge/manifests/cluster-dns.js'
import type { Component, Dependency, System } from '../component.js'
import { environmentOf } from '../manifests/environment.js'
import type { Manifests } from '../manifests/manifests.js'
import { areTogether, isolationOf, type Direction } from './network-policies.js'
import { best, isPeer, permitsWorkload, type Answer, type TargetPort } from './policy-peers.js'
import { runsOn } from '../workloads.js'

/** One dependency that a policy stands before. */
export interface Passage {
  dependency: Dependency
  from: Component
  to: Component
  answer: Answer
  /** Why it is not permitted, or not known to be. */
  reason: string
  /** The policies that isolate without permitting it. */
  policies: NetworkPolicy[]
}

/** What one pair of workloads meets in one direction; null where nothing isolates it. */
interface Verdict {
  answer: Answer
  reason: string
  policies: NetworkPolicy[]
}

/** Everything outside: no private address that somebody might run a database at. */
const EVERYWHERE = ['0.0.0.0/0', '::/0']
const PROXY = /^(https?|all)_proxy$/i

export function passages(system: System, manifests: Manifests): Passage[] {
  if (manifests.objects.policies.every(({ isRead }) => !isRead)) return []
  return system.dependencies.flatMap((dependency) => {
    const [from, to] = [dependency.from, dependency.to].map((id) => system.component(id)!) as [
      Component,
      Component,
    ]
    const verdict = worstOf(from.workloads.filter(runsOn).map((caller) => verdictOf(caller, to, manifests)))
    return verdict ? [{ dependency, from, to, ...verdict }] : []
  })
}

/** A component that is written several times is cut off where all of its writings are. */
function worstOf(verdicts: (Verdict | null)[]): Verdict | null {
  const policed = verdicts.filter((verdict) => verdict !== null)
  const [open] = policed.filter(({ answer }) => answer !== 'yes')
  if (!open) return policed[0] ?? null
  const isEverywhere = verdicts.every((verdict) => verdict?.answer === 'no')
  return isEverywhere ? open : { ...open, answer: 'perhaps' }
}

function verdictOf(caller: Workload, to: Component, manifests: Manifests): Verdict | null {
  const callees = to.workloads.filter(runsOn)
  if (callees.length === 0) return outside(caller, to, manifests)
  const near = callees.filter((callee) => areTogether(caller, callee, manifests))
  const ports = portsOf(to)
  const verdicts = (near.length > 0 ? near : callees).map((callee) =>
    throughBoth(
      through('egress', caller, callee, ports, manifests),
      through('ingress', callee, caller, ports, manifests),
    ),
  )
  if (verdicts.includes(null)) return null
  return (verdicts as Verdict[]).sort((a, b) => ORDER.indexOf(a.answer) - ORDER.indexOf(b.answer))[0] ?? null
}

const ORDER: Answer[] = ['yes', 'perhaps', 'no']

function throughBoth(egress: Verdict | null, ingress: Verdict | null): Verdict | null {
  if (!egress || !ingress) return egress ?? ingress
  return ORDER.indexOf(egress.answer) >= ORDER.indexOf(ingress.answer) ? egress : ingress
}

/** `own` is the workload that the policies select, `peer` the one at the other end. */
function through(
  direction: Direction,
  own: Workload,
  peer: Workload,
  ports: TargetPort[],
  manifests: Manifests,
): Verdict | null {
  const permits = (policy: NetworkPolicy): Answer =>
    best((policy[direction] ?? []).map((rule) => permitsWorkload(rule, policy, peer, ports, manifests)))
  const what =
    direction === 'egress'
      ? `calls of ${own.name} to ${peer.name}${portWords(ports)}`
      : `calls from ${peer.name} to ${own.name}${portWords(ports)}`
  return decided(direction, own, permits, what, manifests)
}

function decided(
  direction: Direction,
  own: Workload,
  permits: (policy: NetworkPolicy) => Answer,
  what: string,
  manifests: Manifests,
): Verdict | null {
  const { certain, possible } = isolationOf(own, direction, manifests)
  if (certain.length === 0 && possible.length === 0) return null
  const answer = best(certain.map(permits))
  if (answer === 'yes') return { answer, reason: '', policies: certain }
  const maybe = best(possible.map(permits))
  if (certain.length === 0)
    return maybe === 'yes'
      ? null
      : {
          answer: 'perhaps',
          reason: `whether ${named(possible)} holds for ${own.name} is not known; it does not permit ${what}`,
          policies: possible,
        }
  const doubt =
    answer === 'perhaps' || maybe !== 'no'
      ? undecidable(what)
      : (others(manifests) ?? patchOf(certain, manifests))
  return doubt === null
    ? {
        answer: 'no',
        reason: `${named(certain)} isolates the ${direction} of ${own.name}, and no policy that was read permits ${what}`,
        policies: certain,
      }
    : {
        answer: 'perhaps',
        reason: `${named(certain)} isolates the ${direction} of ${own.name}; ${doubt}`,
        policies: certain,
      }
}

function undecidable(what: string): string {
  return `whether it permits ${what} depends on IP blocks, or on pods, labels or ports that were not read`
}

/** Calls to what no manifest of the system runs. */
function outside(caller: Workload, to: Component, manifests: Manifests): Verdict | null {
  const what = `calls of ${caller.name} to ${to.name}, outside of the cluster`
  const permits = (policy: NetworkPolicy): Answer =>
    best(
      (policy.egress ?? []).flatMap((rule) => [
        permitsOutside(rule),
        permitsGateway(rule, policy, manifests),
      ]),
    )
  const verdict = decided('egress', caller, permits, what, manifests)
  if (verdict?.answer !== 'no') return verdict
  const hasProxy = environmentOf(caller, manifests).some(({ name }) => PROXY.test(name))
  if (hasProxy)
    return { ...verdict, answer: 'perhaps', reason: `${verdict.reason}; it may go through a proxy` }
  return to.kind === 'external'
    ? verdict
    : { ...verdict, answer: 'perhaps', reason: `where ${to.name} runs is not known; ${verdict.reason}` }
}

/** Pods that no manifest shows may be a gateway or proxy through which calls leave the cluster; those of its DNS are none. */
function permitsGateway({ peers, ports }: PolicyRule, policy: NetworkPolicy, manifests: Manifests): Answer {
  const { port: dns, others } = clusterDns()
  const isForNames = ports.length > 0 && ports.every(({ port }) => [dns, ...others].includes(Number(port)))
  const isUnseen = peers.some(
    (peer) =>
      peer.block === null &&
      manifests.objects.workloads.every((workload) => isPeer(peer, policy, workload, manifests) === 'no'),
  )
  return isUnseen && !isForNames ? 'perhaps' : 'no'
}

function permitsOutside({ peers, ports }: PolicyRule): Answer {
  const isAnyPort =
    ports.length === 0 || ports.some(({ port, protocol }) => port === null && protocol === 'TCP')
  const answer: Answer =
    peers.length === 0 || peers.some(({ block }) => block !== null && EVERYWHERE.includes(block))
      ? 'yes'
      : peers.some(({ block }) => block !== null)
        ? 'perhaps'
        : 'no'
  return answer === 'yes' && !isAnyPort && !ports.some(({ port }) => port === '443') ? 'perhaps' : answer
}

function others({ objects }: Manifests): string | null {
  const other = objects.policies.find(({ isRead }) => !isRead)
  return other ? `${other.kind} ${other.name} (${formatSource(other.source)}) may permit it` : null
}

function patchOf(policies: NetworkPolicy[], { objects }: Manifests): string | null {
  const patch = objects.fragments.policies.find(({ name }) => policies.some((policy) => policy.name === name))
  return patch ? `${patch.source.path} patches it` : null
}

/** Where pods of the component listen for its Services: the port of the pod, not that of the Service, is what policies see. */
function portsOf({ services, workloads }: Component): TargetPort[] {
  const declared = workloads.flatMap(({ containers }) => containers.flatMap(({ ports }) => ports))
  const ofService = ({ port, targetPort }: NetworkService['ports'][number]): TargetPort => {
    const target = targetPort ?? String(port)
    const container = declared.find(({ name, port: number }) => name === target || String(number) === target)
    if (container) return { number: container.port, name: container.name }
    return /^\d+$/.test(target) ? { number: Number(target), name: null } : { number: null, name: target }
  }
  const ports = services.flatMap((service) => service.ports.map(ofService))
  return [...new Map(ports.map((port) => [`${port.number}/${port.name}`, port])).values()]
}

function portWords(ports: TargetPort[]): string {
  const words = [...new Set(ports.map(({ number, name }) => String(number ?? name)))]
  return words.length === 0 ? '' : ` at its port${words.length > 1 ? 's' : ''} ${words.join(', ')}`
}

function named(policies: NetworkPolicy[]): string {
  return policies.map(({ kind, name, source }) => `${kind} ${name} (${formatSource(source)})`).join(', ')
}
