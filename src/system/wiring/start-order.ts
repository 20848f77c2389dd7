/** Who waits for whom before it starts: after an outage of all, those that wait for each other never do. */
import type { EnvVariable, Workload } from '../../facts/kubernetes.js'
import { formatSource, type Source } from '../../facts/source.js'
import type { StartWait } from '../../facts/start-waits.js'
import { environmentOf } from '../manifests/environment.js'
import type { Manifests } from '../manifests/manifests.js'
import { areTogether } from '../network/network-policies.js'
import { runsOn } from '../workloads.js'

/** A wait as far as it could be followed: to workloads of which one is enough, or to none that is known. */
interface Followed {
  wait: StartWait
  targets: Workload[]
  /** Why its target is not known; null where it is known, or outside. */
  unknown: string | null
}

export interface StartOrder {
  workload: Workload
  waits: Followed[]
  /** From the workload over those it waits for back to itself; empty when there is no such way. */
  circle: { workload: Workload; source: Source }[]
}

const VARIABLE = /\$(?:\((\w+)\)|\{(\w+)(?::?-([^}]*))?\}|(\w+))/g
const MAX_STEPS = 50

export function startOrders(manifests: Manifests): StartOrder[] {
  const waiting = manifests.objects.workloads.filter(
    (workload) => runsOn(workload) && workload.startWaits.length > 0,
  )
  const followed = new Map(
    waiting.map((workload) => [
      workload,
      workload.startWaits.map((wait) => follow(wait, workload, manifests)),
    ]),
  )
  return waiting.map((workload) => ({
    workload,
    waits: followed.get(workload)!,
    circle: circleFrom(workload, followed),
  }))
}

function follow(wait: StartWait, workload: Workload, manifests: Manifests): Followed {
  const name = resolved(wait, environmentOf(workload, manifests))
  if (name === null) return { wait, targets: [], unknown: `what ${wait.target} holds was not read` }
  const near = (objects: Workload[]): Workload[] =>
    objects.filter((other) => areTogether(workload, other, manifests) || isNamedSo(other, name, wait))
  if (wait.kind !== null) {
    const { kind } = wait
    const named = manifests.workloadsNamed(name, workload)
    return { wait, targets: near(named.filter((one) => one.kind.toLowerCase() === kind)), unknown: null }
  }
  const [host, namespace] = name.split('.') as [string, string?]
  const services = manifests.servicesNamed(host, workload, namespace)
  const selected = services.flatMap((service) => manifests.selectedBy(service))
  const sure = selected.filter(({ where }) => where === 'always').map(({ object }) => object)
  return { wait, targets: [...new Set(near(sure))], unknown: null }
}

const isNamedSo = (workload: Workload, name: string, { kind }: StartWait): boolean =>
  kind !== null && workload.name === name

/** The target with its variables filled in; null where one of them is not known. */
function resolved({ target, env }: StartWait, all: EnvVariable[]): string | null {
  let isKnown = true
  const text = target.replace(VARIABLE, (_, ...names: (string | undefined)[]) => {
    const [call, braced, fallback, bare] = names
    const name = call ?? braced ?? bare
    const own = env.find((variable) => variable.name === name)
    const value = own?.value ?? all.find((variable) => variable.name === name)?.value ?? fallback
    isKnown &&= value !== undefined && value !== null
    return value ?? ''
  })
  // An address in a variable is more than a host.
  const host = /^(?:\w+:\/\/)?(?:[^@/]*@)?([A-Za-z0-9][A-Za-z0-9.-]*)/.exec(text)?.[1] ?? null
  return isKnown ? host : null
}

/** Shortest first; of a wait that any of several workloads ends, nothing is certain. */
function circleFrom(start: Workload, followed: Map<Workload, Followed[]>): StartOrder['circle'] {
  const ways: StartOrder['circle'][] = [[]]
  const seen = new Set<Workload>()
  for (const way of ways) {
    const last = way.at(-1)?.workload ?? start
    if (way.length > MAX_STEPS) return []
    for (const { wait, targets } of followed.get(last) ?? []) {
      const [target, ...others] = targets
      if (!target || others.some(({ name }) => name !== target.name) || target.name === last.name) continue
      const next = [...way, { workload: target, source: wait.source }]
      if (target === start) return next
      if (seen.has(target)) continue
      seen.add(target)
      ways.push(next)
    }
  }
  return []
}

/** `cart waits for orders (k8s/cart.yaml:12:3)`, and so on around. */
export function circleWords({ workload, circle }: StartOrder): string[] {
  const names = [workload.name, ...circle.map((step) => step.workload.name)]
  return circle.map(
    ({ source }, index) => `${names[index]} waits for ${names[index + 1]} (${formatSource(source)})`,
  )
}
