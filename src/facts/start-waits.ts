/** What a container does before it starts its work: it waits for others. */
import type { EnvVariable } from './environment-variable.js'
import type { Source } from './source.js'

export interface StartWait {
  /** The container that waits. */
  container: string
  /** Host or name of the object as written, with variables: `$DB_HOST`. */
  target: string
  /** Kind of the object that is waited for by name; null where the target is a host. */
  kind: string | null
  /** Environment of the container, for the variables. */
  env: EnvVariable[]
  source: Source
}
