/** Who may talk to whom: NetworkPolicies, and the labels of namespaces that they ask for. */
import type { ManifestObject } from './manifest-object.js'
import type { LabelSelector } from './label-selector.js'
import type { Source } from './source.js'

export interface NetworkPolicy extends ManifestObject {
  fact: 'network-policy'
  /** False of policies of other kinds (Cilium, Calico, admin policies): what they permit is not read. */
  isRead: boolean
  /** Pods that it isolates; null where none is written. */
  selector: LabelSelector | null
  /** Null: that direction is not isolated by it. */
  ingress: PolicyRule[] | null
  egress: PolicyRule[] | null
}

export interface PolicyRule {
  source: Source
  /** Empty: everybody. */
  peers: PolicyPeer[]
  /** Empty: every port. */
  ports: PolicyPort[]
}

/** Pods, in the policy's own namespace or in others, or a block of addresses. */
export interface PolicyPeer {
  pods: LabelSelector | null
  namespaces: LabelSelector | null
  /** `10.0.0.0/8`; null where pods are meant. */
  block: string | null
}

export interface PolicyPort {
  protocol: string
  /** A number or the name of a container's port; null: all of the protocol. */
  port: string | null
  /** The last of a range that begins with `port`. */
  endPort: number | null
}
