/** How a manifest asks for pods to be kept apart. */
import type { LabelSelector } from './label-selector.js'
import type { Source } from './source.js'

/** A term of pod anti-affinity, required or preferred. */
export interface AntiAffinity {
  topologyKey: string | null
  /** Null when omitted: it then keeps away from no pods. */
  selector: LabelSelector | null
}

/** One of topologySpreadConstraints; a number that cannot be read counts as one that Kubernetes takes. */
export interface SpreadConstraint {
  source: Source
  topologyKey: string | null
  /** Null when omitted: Kubernetes then refuses it. */
  maxSkew: number | null
  minDomains: number | null
  whenUnsatisfiable: string | null
  /** Null when omitted: it then counts no pods. */
  selector: LabelSelector | null
}
