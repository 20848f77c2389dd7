/** One thing that rules judge: what they may ask of it, who it is, and where it stands. */
import type { Source } from '../facts/source.js'
import type { PeerIgnore } from '../facts/suppression.js'
import type { Doubt } from '../system/reached.js'
import type { SubjectKind } from './subject-types.js'

export interface Subject {
  kind: SubjectKind
  /** Logical identity for fingerprints: never a line number. */
  identity: string
  /** As people name it: `Deployment cart, container web`. */
  label: string
  component: string | null
  source: Source
  /** Places of its parts, by the names that rules use in `at`. */
  at: Record<string, Source>
  /** Parts that something else decides (an overlay, a build tool), by name, with why the file does not say what will run. */
  decidedElsewhere?: Record<string, string>
  /** The fields in other environments, where they differ: what is not alike in all of them is unknown. */
  elsewhere?: { environment: string; fields: object }[]
  /** Why it is not known to count: every rule that applies is unknown. Dormant code is judged as written instead; what is well with it is not asked. */
  doubt?: Doubt
  /** What expressions and messages see; its shape is SUBJECT_TYPES of its kind. */
  fields: object
  /** Rule id to reason, from ignores written at the thing itself. */
  ignores: Record<string, string>
  /** What other tools are asked to leave out of it, as far as that surely holds for what will run. */
  peerIgnores?: PeerIgnore[]
  /** Further places for a finding about a pattern, the first being where it points: the unguarded call sites. */
  places?: (pattern: string) => { source: Source; message: string }[]
  /** Identity of the object that it is a part of, where what is wrong with several parts is one finding. */
  partOf?: string
}
