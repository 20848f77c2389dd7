/** Clients of libraries as they are seen in code. */
import type { Creation, Library } from '../../../../knowledge/libraries.js'
import type { DeclaredTypes } from '../values/declared-types.js'
import type { Made } from '../values/callees.js'
import type { Given } from '../modules/resolved.js'
import type { Resolved } from '../modules/resolved.js'
import type { Resolver } from '../values/resolve.js'
import type { TS } from '../syntax/syntax.js'

/** A client as seen from an expression. `made` is null for the module itself and for clients made elsewhere. */
export interface ClientSeen {
  library: Library
  made: Made | null
  creation: Creation | null
  /** The name it was made by, for guards that hold for some only: `Pool`. */
  by: string
  /** How it is known; `likeness`: something is called as the module is. */
  through: 'creation' | 'module' | 'type' | 'likeness'
  /** Of one known by its type the parameter that has it, and the names behind it: `deps.db` gives ['db']. */
  parameter?: TS.ParameterDeclaration
  path?: string[]
  /** The methods by which it was derived from the one that was made, the outer one last: `.middlewares([…])`. */
  derivedBy?: readonly string[]
  /** The calls of these methods. */
  derivations?: readonly TS.CallExpression[]
  /** It keeps all in the process, as one over SQLite does: nothing of it goes out. */
  isEmbedded?: boolean
  /** The calls of the project's own functions through which it was made, the inner one first. */
  given?: readonly Given[]
}

/** How clients are recognised. */
export interface Recognition {
  readonly resolver: Resolver
  readonly declaredTypes: DeclaredTypes
  librariesOf(module: string): Library[]
  creationAt(made: Made): ClientSeen | null
  clientOf(expression: TS.Expression, depth?: number): ClientSeen | null
  ofResolved(found: Resolved, depth?: number): ClientSeen | null
}
