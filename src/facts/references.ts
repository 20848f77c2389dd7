/** What pods refer to by name and cannot start without. */
import type { ManifestObject } from './manifest-object.js'
import type { Source } from './source.js'

export interface ObjectReference {
  kind: 'ConfigMap' | 'Secret' | 'ServiceAccount'
  name: string
  /** Null where the whole object is taken. */
  key: string | null
  /** The pod starts without it. */
  isOptional: boolean
  /** As files, not as environment variables. */
  isMounted: boolean
  source: Source
}

export interface ServiceAccount extends ManifestObject {
  fact: 'service-account'
  kind: 'ServiceAccount'
}
