/** How a manifest asks for pods to be kept apart. */
import type { Source } from './source.js'

/** Requirements for labels, all of which hold; none at all hold for every object. */
export interface LabelSelector {
  labels: Record<string, string>
  expressions: { key: string; operator: string; values: string[] }[]
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
