/** A manifest with a required field that is left empty: somebody fills it in before it is applied. */
import type { Source } from './source.js'

export interface UnfilledManifest {
  fact: 'unfilled-manifest'
  source: Source
  /** `spec.volumes.0.persistentVolumeClaim.claimName` */
  field: string
}
