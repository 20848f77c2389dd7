/** What every object of a Kubernetes manifest has. */
import type { Source } from './source.js'
import type { PeerIgnore } from './suppression.js'

/** Identity and place of an object. `at` gives the place of a field by name, for findings that point at it. */
export interface ManifestObject {
  source: Source
  /** `namespace/Kind/name`; the namespace is `default` when the manifest names none. */
  id: string
  apiVersion: string
  kind: string
  name: string
  namespace: string
  labels: Record<string, string>
  at: Record<string, Source>
  /** Rule id to reason, from `resilience-report/ignore.RULE` annotations. */
  ignores: Record<string, string>
  /** What it asks other tools to leave out; missing where it asks for nothing. */
  peerIgnores?: PeerIgnore[]
  /** Parts that hold a placeholder, which something fills in before they are applied: each as it is written. */
  placeholders?: Record<string, string>
  /** A Kustomize patch or another piece that is not a whole object: facts of it are never judged. */
  fragment: boolean
  /** The chart or the overlays that it is rendered from, by the path of a file that describes them. */
  renderedFrom?: string
  /** Environments that have it, the first being the one whose facts these are, when others that are rendered from the same chart or bases do not. */
  onlyIn?: string[]
}
