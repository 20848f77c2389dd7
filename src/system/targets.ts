/** Who is called: follows a host, an environment variable or a declared alias to a component. */
import type { Target } from '../facts/code.js'
import { formatSource } from '../facts/source.js'
import { declaredAlias, type Component } from './component.js'
import type { ComponentDirectory } from './component-directory.js'
import { environmentOf } from './manifests/environment.js'
import type { Placed } from './manifests/kustomize.js'
import type { Manifests } from './manifests/manifests.js'

export type Resolved =
  | { component: Component; reason: string }
  | { external: string; reason: string }
  /** The place is named by a Secret or by a variable that no manifest sets: one component per name. */
  | { named: string; reason: string }
  | { unknown: string }

/** Host of an address such as `http://cart.shop.svc:8080/v1`, `cart:7070` or `postgres://user@db/orders`; null when it is none. */
export function hostOf(address: string): string | null {
  const match =
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/\s]*@)?(\[[0-9a-f:]+\]|[A-Za-z0-9][A-Za-z0-9._-]*)(?::\d+)?(?:[/?#].*)?$/i.exec(
      address.trim(),
    )
  if (!match) return null
  const bare = match[1]!
  const isAddress = address.includes('://') || /:\d+(\/|$)/.test(address)
  return isAddress ? bare : null
}

export function resolveTarget(
  target: Target,
  from: Component,
  directory: ComponentDirectory,
  manifests: Manifests,
): Resolved {
  if (target.name !== null)
    return (
      declared(target.name, directory) ?? {
        external: target.name,
        reason: `the library calls ${target.name}`,
      }
    )
  if (target.host !== null)
    return resolveHost(target.host, from, directory, manifests, `the code names the host ${target.host}`)
  if (target.variable !== null) return resolveVariable(target.variable, from, directory, manifests)
  return {
    unknown: target.text === null ? 'the code does not show the address' : `the address is ${target.text}`,
  }
}

/** A Service DNS name is a Service of the caller's own namespace, or of the one it names; anything else with a dot is outside. */
export function resolveHost(
  host: string,
  from: Component,
  directory: ComponentDirectory,
  manifests: Manifests,
  seen: string,
): Resolved {
  if (isLoopback(host)) return { unknown: `${seen}: the default of a development machine` }
  const known = declared(host, directory)
  if (known) return known
  if (!isServiceName(host, manifests)) return { external: host, reason: seen }
  const [name, namespace] = host.split('.') as [string, string?]
  return (
    behindService(name, namespace, from, directory, manifests, seen) ??
    underName(name, namespace, from, directory, manifests, seen) ?? {
      named: host,
      reason: `${seen}; no Service of that name in the manifests`,
    }
  )
}

function behindService(
  name: string,
  namespace: string | undefined,
  from: Component,
  directory: ComponentDirectory,
  manifests: Manifests,
  seen: string,
): Resolved | null {
  const services = manifests.servicesNamed(name, placeOf(from), namespace)
  const [first, other] = manifests.sameness.partition(services).map(([service]) => service!)
  if (first && other)
    return {
      unknown: `${seen}, a name of several Services: ${formatSource(first.source)}, ${formatSource(other.source)}`,
    }
  const component = directory.behind(services)
  return first && component
    ? { component, reason: `${seen}, Service ${first.name} (${formatSource(first.source)})` }
    : null
}

/** Without a Service, a workload or a declared component of the name. */
function underName(
  name: string,
  namespace: string | undefined,
  from: Component,
  directory: ComponentDirectory,
  manifests: Manifests,
  seen: string,
): Resolved | null {
  const workloads = manifests.workloadsNamed(name, placeOf(from), namespace)
  const [component, other] = directory.running(workloads, name).filter((candidate) => candidate !== from)
  if (component && other)
    return { unknown: `${seen}, a name of several components: ${component.id}, ${other.id}` }
  return component ? { component, reason: `${seen}, the name of a component` } : null
}

/** Where a component looks names up from: its manifest, else its code. */
function placeOf({ workloads, packages, name }: Component): Placed {
  const source = packages[0]?.source ?? { path: '', line: 1, column: 1, endLine: 1 }
  return workloads[0] ?? { source, namespace: 'default', name }
}

function isLoopback(host: string): boolean {
  return ['localhost', '[::1]', '0.0.0.0'].includes(host) || host.startsWith('127.')
}

/** `cart` or `cart.shop.svc`; `cart.shop` only where a manifest names that namespace, for `cart.io` looks the same. */
function isServiceName(host: string, manifests: Manifests): boolean {
  if (!host.includes('.') || /^[^.]+\.[^.]+\.svc(\.cluster\.local)?$/.test(host)) return true
  const [, namespace, ...others] = host.split('.')
  return others.length === 0 && (namespace === 'default' || manifests.namespaces.has(namespace!))
}

function resolveVariable(
  variable: string,
  from: Component,
  directory: ComponentDirectory,
  manifests: Manifests,
): Resolved {
  const alias = declared(variable, directory)
  if (alias) return alias
  const env = from.workloads
    .flatMap((workload) => environmentOf(workload, manifests))
    .find(({ name }) => name === variable)
  if (!env)
    return {
      named: `${from.id}/${variable}`,
      reason: `the address is in ${variable}, which no manifest sets`,
    }
  const seen = `${variable} (${formatSource(env.source)})`
  if (env.value !== null) {
    const host = hostOf(env.value)
    if (host !== null) return resolveHost(host, from, directory, manifests, `${seen} holds ${host}`)
    return { unknown: `${seen} holds no address` }
  }
  if (env.from?.startsWith('Secret/')) return { named: env.from, reason: `${seen} comes from ${env.from}` }
  return { unknown: `${seen} has no value in the manifests` }
}

export function declared(
  name: string,
  directory: ComponentDirectory,
): { component: Component; reason: string } | null {
  const component = directory.declaredAs(name)
  return component ? { component, reason: declaredAlias(name) } : null
}
