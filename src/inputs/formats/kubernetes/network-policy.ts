/** NetworkPolicies, and the namespaces that they speak of. */
import type { NetworkPolicy, PolicyPeer, PolicyPort, PolicyRule } from '../../../facts/network-policy.js'
import type { Field } from '../../field.js'
import { readLabelSelector } from './label-selector.js'
import { manifestObject, placesOf } from './object.js'

export function readNetworkPolicy(object: Field): NetworkPolicy[] {
  const spec = object.get('spec')
  const [ingress, egress] = [spec.get('ingress'), spec.get('egress')]
  const types = spec
    .get('policyTypes')
    .items()
    .flatMap((type) => type.text() ?? [])
  // Without policyTypes, ingress is isolated, and egress where rules for it are written.
  const isolates = (type: string, otherwise: boolean): boolean =>
    types.length === 0 ? otherwise : types.includes(type)
  return [
    {
      ...manifestObject(object, 'NetworkPolicy'),
      fact: 'network-policy',
      at: placesOf({ selector: spec.get('podSelector'), ingress, egress }),
      isRead: true,
      selector: readLabelSelector(spec.get('podSelector')) ?? { labels: {}, expressions: [] },
      ingress: isolates('Ingress', true) ? rulesOf(ingress, 'from') : null,
      egress: isolates('Egress', egress.exists) ? rulesOf(egress, 'to') : null,
    },
  ]
}

/** Policies of another kind permit or forbid beside the others, by means that are not read. */
export function readOtherPolicy(object: Field, kind: string): NetworkPolicy[] {
  return [
    {
      ...manifestObject(object, kind),
      fact: 'network-policy',
      isRead: false,
      selector: null,
      ingress: null,
      egress: null,
    },
  ]
}

function rulesOf(rules: Field, peers: 'from' | 'to'): PolicyRule[] {
  return rules.items().map((rule) => ({
    source: rule.source,
    peers: rule.get(peers).items().map(readPeer),
    ports: rule.get('ports').items().map(readPort),
  }))
}

function readPeer(peer: Field): PolicyPeer {
  return {
    pods: readLabelSelector(peer.get('podSelector')),
    namespaces: readLabelSelector(peer.get('namespaceSelector')),
    block: peer.get('ipBlock', 'cidr').text(),
  }
}

function readPort(port: Field): PolicyPort {
  return {
    protocol: port.get('protocol').text() ?? 'TCP',
    port: port.get('port').text(),
    endPort: port.get('endPort').number(),
  }
}
