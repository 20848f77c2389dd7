/** Who is called: follows a host, an environment variable or a declared alias to a component. */
import type { Target } from '../facts/code.js'
import type { Facts } from '../facts/fact.js'
import type { EnvVariable, Workload } from '../facts/kubernetes.js'
import { formatSource } from '../facts/source.js'
import type { Component } from './component.js'
import { sameNamespace } from './workloads.js'

export type Resolved =
  | { component: Component; reason: string }
  | { external: string; reason: string }
  /** The place is named by a Secret or by a variable that no manifest sets: one component per name. */
  | { named: string; reason: string }
  | { unknown: string }

/** Host of an address such as `http://cart.shop.svc:8080/v1`, `cart:7070` or `postgres://user@db/orders`; null when it is none. */
export function hostOf(address: string): string | null {
  const match = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/\s]*@)?(\[[0-9a-f:]+\]|[A-Za-z0-9][A-Za-z0-9._-]*)(?::\d+)?(?:[/?#].*)?$/i.exec(address.trim())
  if (!match) return null
  const bare = match[1]!
  const isAddress = address.includes('://') || /:\d+(\/|$)/.test(address)
  return isAddress ? bare : null
}

export function resolveTarget(target: Target, from: Component, components: Component[], facts: Facts): Resolved {
  if (target.name !== null) return declared(target.name, components) ?? { external: target.name, reason: `the library calls ${target.name}` }
  if (target.host !== null) return resolveHost(target.host, from, components, facts, `the code names the host ${target.host}`)
  if (target.variable !== null) return resolveVariable(target.variable, from, components, facts)
  return { unknown: target.text === null ? 'the code does not show the address' : `the address is ${target.text}` }
}

/** A Service DNS name is a Service; anything else with a dot is outside the system. */
export function resolveHost(host: string, from: Component, components: Component[], facts: Facts, seen: string): Resolved {
  if (host === 'localhost' || host.startsWith('127.')) return { unknown: `${seen}: the default of a development machine` }
  const known = declared(host, components)
  if (known) return known
  const [name, namespace] = host.split('.')
  const isServiceName = !host.includes('.') || /^[^.]+\.[^.]+(\.svc(\.cluster\.local)?)?$/.test(host)
  if (isServiceName) {
    const service = facts.of('service').find((candidate) => candidate.name === name && (namespace === undefined || sameNamespace(candidate, { namespace })))
    const component = service && components.find((candidate) => candidate.services.includes(service))
    if (component && service) return { component, reason: `${seen}, Service ${service.name} (${formatSource(service.source)})` }
    const byName = components.find((candidate) => candidate.id === name && candidate.id !== from.id)
    if (byName) return { component: byName, reason: `${seen}, the name of a component` }
    if (!host.includes('.')) return { named: host, reason: `${seen}; no Service of that name in the manifests` }
  }
  return { external: host, reason: seen }
}

function resolveVariable(variable: string, from: Component, components: Component[], facts: Facts): Resolved {
  const alias = declared(variable, components)
  if (alias) return alias
  const { env, workload } = environmentOf(from, variable, facts)
  if (!env) return { named: `${from.id}/${variable}`, reason: `the address is in ${variable}, which no manifest sets` }
  const value = env.value ?? (env.from && workload ? configValue(env.from, workload, facts) : null)
  const seen = `${variable} (${formatSource(env.source)})`
  if (value !== null) {
    const host = hostOf(value)
    if (host !== null) return resolveHost(host, from, components, facts, `${seen} holds ${host}`)
    return { unknown: `${seen} holds no address` }
  }
  if (env.from?.startsWith('Secret/')) return { named: env.from, reason: `${seen} comes from ${env.from}` }
  return { unknown: `${seen} has no value in the manifests` }
}

/** An environment variable of any workload of the component, written out or taken whole from a ConfigMap. */
function environmentOf(component: Component, variable: string, facts: Facts): { env: EnvVariable | null; workload: Workload | null } {
  for (const workload of component.workloads) {
    for (const container of workload.containers) {
      const written = container.env.find((candidate) => candidate.name === variable)
      if (written) return { env: written, workload }
      for (const whole of container.envFrom) {
        const config = facts.of('config-data').find((candidate) => candidate.kind === whole.kind && candidate.name === whole.name && sameNamespace(candidate, workload))
        if (!config?.keys.includes(variable)) continue
        return { env: { name: variable, value: config.values[variable] ?? null, from: `${whole.kind}/${whole.name}/${variable}`, source: config.at[variable] ?? config.source }, workload }
      }
    }
  }
  return { env: null, workload: null }
}

function configValue(reference: string, workload: Workload, facts: Facts): string | null {
  const [kind, name, key] = reference.split('/')
  const config = facts.of('config-data').find((candidate) => candidate.kind === kind && candidate.name === name && sameNamespace(candidate, workload))
  return (key !== undefined && config?.values[key]) || null
}

function declared(name: string, components: Component[]): { component: Component; reason: string } | null {
  const component = components.find((candidate) => candidate.aliases.includes(name) && candidate.joins.some((join) => join === declaredAlias(name)))
  return component ? { component, reason: declaredAlias(name) } : null
}

/** The reason of a join that `resilience.yaml` states. */
export function declaredAlias(alias: string): string {
  return `resilience.yaml declares the alias ${alias}`
}
