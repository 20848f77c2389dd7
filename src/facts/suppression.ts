/** What can be seen of findings that somebody wants ignored. */
import type { Source } from './source.js'

/** An in-place ignore comment; one without a reason is itself a finding. */
export interface Suppression {
  fact: 'suppression'
  source: Source
  rule: string
  reason: string | null
  /** Line of code it speaks of. */
  appliesToLine: number
}

/** What one annotation or comment asks another tool to leave out, as that tool reads it. */
export interface PeerIgnore {
  /** As `rules/policies/peer-checks.yaml` names it. */
  tool: string
  /** As the tool names its checks; null for all that it has, none where the annotation asks for nothing. */
  checks: string[] | null
  reason: string | null
  /** Whether its form has room for a reason. */
  mayHaveReason: boolean
  /** The moment from which it no longer holds; null when it never ends. */
  until: string | null
  /** Written on the pods of a workload, and not on the workload. */
  onPods: boolean
  source: Source
}
