/** A variable in the environment of a container. */
import type { Source } from './source.js'

export interface EnvVariable {
  name: string
  value: string | null
  /** `ConfigMap/name/key` or `Secret/name/key` when the value comes from there. */
  from: string | null
  source: Source
}
