/** What of a library a call or `new` calls. Many ask it of every call. */
import { libraryMadeBy } from './library-classes.js'
import type { Resolved } from '../modules/resolved.js'
import type { Resolver } from './resolve.js'
import { bindingOf } from '../syntax/scope.js'
import { bare, ts, type TS } from '../syntax/syntax.js'

export type Made = TS.CallExpression | TS.NewExpression
export type LibraryThing = Resolved & { kind: 'library' }

export class Callees {
  readonly #known = new Map<Made, LibraryThing | null>()
  readonly #apart = new Map<TS.Expression, boolean>()

  /** `leading`: paths of the modules that use a library, themselves or by what they import; null when not known. */
  constructor(
    readonly resolver: Resolver,
    readonly leading: Set<string> | null,
  ) {}

  /** Null for what belongs to no library. */
  of(made: Made): LibraryThing | null {
    const known = this.#known.get(made)
    if (known !== undefined) return known
    const callee = this.leadToNoLibrary(made.expression) ? null : this.#calleeOf(made)
    this.#known.set(made, callee)
    return callee
  }

  /** What a library's function answers may be called again: `pgPromise()(connection)`. */
  #calleeOf(made: Made): LibraryThing | null {
    const found = this.resolver.resolve(made.expression)
    if (found.kind === 'library') return found
    if (found.kind === 'value' && ts.isCallExpression(found.node) && found.node !== made) {
      const factory = this.of(found.node)
      return factory && { ...factory, path: `${factory.path}()` }
    }
    const inherited = libraryMadeBy(made, this.resolver)
    return inherited?.kind === 'library' ? inherited : null
  }

  /**
   * It is imported, by itself or as a member, from a module that has nothing to do with any library: then that module need
   * not be parsed to know.
   */
  leadToNoLibrary(callee: TS.Expression): boolean {
    if (this.leading === null) return false
    let known = this.#apart.get(callee)
    if (known === undefined) this.#apart.set(callee, (known = this.#isApart(callee, this.leading)))
    return known
  }

  #isApart(callee: TS.Expression, leading: Set<string>): boolean {
    let root = bare(callee)
    while (ts.isPropertyAccessExpression(root)) root = bare(root.expression)
    const binding = ts.isIdentifier(root) ? bindingOf(root) : null
    if (binding?.kind !== 'import') return false
    const path = this.resolver.modules.resolve(root.getSourceFile().fileName, binding.module)
    return path !== null && !leading.has(path)
  }
}
