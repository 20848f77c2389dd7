/** The component that a host means which somebody outside of the system calls, such as a load test. */
import type { Component, System } from './component.js'
import type { Manifests } from './manifests/manifests.js'

/**
 * `cart`, `cart.shop.svc.cluster.local`, and `cart.shop` where a manifest is deployed to shop. Any other name with dots is a
 * place of its own: `api.vendor.example` is not the component api, unless an alias says so.
 */
export function componentAtHost(
  host: string,
  system: System,
  { namespaces, kustomizations }: Pick<Manifests, 'namespaces' | 'kustomizations'>,
): Component | undefined {
  const known = system.named(host)
  if (known) return known
  const [, name, namespace, isService] = /^([^.]+)\.([^.]+)(\.svc(?:\..+)?)?$/.exec(host) ?? []
  if (name === undefined || (isService === undefined && !namespaces.has(namespace!))) return undefined
  const [only, ...others] = system.components.filter(
    (component) =>
      [component.id, component.name, ...component.aliases].includes(name) && isIn(component, namespace!),
  )
  return others.length === 0 ? only : undefined

  /** A manifest without a namespace may be deployed to any. */
  function isIn({ workloads, services }: Component, wanted: string): boolean {
    const own = [...workloads, ...services].flatMap((object) => kustomizations.namespacesOf(object))
    return own.length === 0 || own.includes(wanted)
  }
}
