/** Where rules for traffic send it: whether a host and a subset have pods behind them. */
import type { NetworkService } from '../../facts/kubernetes.js'
import type { Destination, Subset, TrafficRoutes, TrafficRule } from '../../facts/mesh.js'
import { formatSource } from '../../facts/source.js'
import type { Model } from '../../system/model.js'
import { unreadBeside } from '../../system/wiring/made-elsewhere.js'
import { nameOf } from '../../system/mesh/traffic.js'

type Finding =
  /** No policy of the host makes such a subset. */
  | { undefinedSubset: string }
  /** The labels of the subset are on none of the pods. */
  | { emptySubset: string }
  /** What it means was not read. */
  | { unseen: string }
  | null

export function destinationFields(rule: TrafficRule, routes: TrafficRoutes, model: Model): object {
  const findings = rule.destinations.map((destination) => findingOf(destination, routes, model))
  return {
    subsets: rule.destinations.flatMap(({ subset }) => subset ?? []),
    undefinedSubsets: findings.flatMap((found) =>
      found && 'undefinedSubset' in found ? found.undefinedSubset : [],
    ),
    emptySubsets: findings.flatMap((found) => (found && 'emptySubset' in found ? found.emptySubset : [])),
    unseenSubsets: findings.flatMap((found) => (found && 'unseen' in found ? found.unseen : [])),
  }
}

function findingOf(destination: Destination, routes: TrafficRoutes, { traffic, manifests }: Model): Finding {
  if (destination.subset === null) return null
  const services = traffic.servicesAt(destination.host, routes)
  const name = nameOf(destination)
  const [service] = services ?? []
  if (!service) return { unseen: `${name}: the Service was not read` }
  const policies = traffic.policiesOf(service)
  if (policies.length === 0) return { unseen: `${name}: no DestinationRule of the host was read` }
  const subsets = policies.flatMap((policy) =>
    policy.subsets.filter((one) => one.name === destination.subset),
  )
  const hasPods = subsets.some((subset) => traffic.podsOf(service, subset).length > 0)
  if (hasPods) return null
  const [piece] = policies.flatMap((policy) => manifests.patchOfTraffic(policy) ?? [])
  if (piece)
    return { unseen: `${name}: ${formatSource(piece.source)} patches the DestinationRule of the host` }
  if (subsets.length === 0)
    return {
      undefinedSubset: `${name}, which DestinationRule ${policies[0]!.name} (${formatSource(policies[0]!.source)}) does not define`,
    }
  if (traffic.podsOf(service, null).length === 0)
    return { unseen: `${name}: the workloads behind the Service were not read` }
  const unread = unreadBeside(service, manifests)
  if (unread !== null) return { unseen: `${name}: ${unread}` }
  return { emptySubset: `${name}: ${whyEmpty(service, subsets[0]!)}` }
}

function whyEmpty({ name }: NetworkService, { labels, source }: Subset): string {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}=${value}`)
  return `none of the pods of Service ${name} has ${wanted.join(', ')} (${formatSource(source)})`
}
