/** The Service that gives the pods of a StatefulSet their names in DNS. */
import type { NetworkService, Workload } from '../../facts/kubernetes.js'
import type { Manifests, Met } from '../../system/manifests/manifests.js'
import { addition } from '../../system/manifests/overrides.js'
import { singlePodOf } from '../../system/manifests/pod-names.js'

/** Why its pods have no names of their own, in words that follow its name; null when they have, be it by a Service for each. */
export function namingFault(workload: Workload, manifests: Manifests): string | null {
  const { serviceName } = workload
  const selecting = manifests.servicesOf(workload).map(({ object }) => object)
  if (selecting.some((service) => singlePodOf(service) !== null)) return null
  if (!serviceName) return 'sets no serviceName'
  const found = governing(workload, manifests)
  if (found.length === 0) return `names Service ${serviceName}, which is not in the manifests read`
  const headless = found.filter(({ object }) => object.isHeadless)
  if (headless.length === 0)
    return `names Service ${serviceName}, which is not headless (clusterIP is not None), so single pods have no DNS names`
  const isSelected = headless.some(({ object }) => object.selector === null || selecting.includes(object))
  return isSelected ? null : `names Service ${serviceName}, whose selector does not match its pods`
}

/** That only an overlay brings the Service along. */
export function namingDecided(workload: Workload, manifests: Manifests): Record<string, string> {
  const added = governing(workload, manifests).find(({ where }) => where === 'sometimes')
  return added ? { serviceName: addition(added) } : {}
}

function governing(workload: Workload, manifests: Manifests): Met<NetworkService>[] {
  const { serviceName } = workload
  return serviceName ? manifests.met(workload, manifests.servicesNamed(serviceName, workload)) : []
}
