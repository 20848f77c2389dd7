/** What runs where an interface or an abstract class of the project is called: the methods of the classes that implement it. */
import { declaredTypeAt, placeOf } from '../modules/declared-types.js'
import { declaredIn } from '../values/members.js'
import type { Resolver } from '../values/resolve.js'
import { writtenType } from '../values/written-types.js'
import { bare, textOf, ts, type TS } from '../syntax/syntax.js'

/** With more, which of them runs is chosen by something that is not seen, and few share what one of them does. */
const MAX_CLASSES = 4

interface Implementing {
  method: TS.MethodDeclaration
  /** What the class implements and extends. */
  types: string[]
}

export class Implementations {
  #byMethod: Map<string, Implementing[]> | null = null
  readonly #known = new Map<TS.CallExpression, TS.MethodDeclaration[]>()

  constructor(
    readonly resolver: Resolver,
    readonly trees: () => TS.SourceFile[],
  ) {}

  /** None where the call leads to a body of its own, or to nothing that is declared in the project. */
  of(call: TS.CallExpression): TS.MethodDeclaration[] {
    let known = this.#known.get(call)
    if (!known) this.#known.set(call, (known = this.#find(call)))
    return known
  }

  #find(call: TS.CallExpression): TS.MethodDeclaration[] {
    const callee = bare(call.expression)
    if (!ts.isPropertyAccessExpression(callee)) return []
    this.#byMethod ??= this.#methods()
    const named = this.#byMethod.get(callee.name.text)
    const type = named && this.#typeOf(callee)
    const implementing = type ? named.filter(({ types }) => types.includes(type)) : []
    return implementing.length > MAX_CLASSES ? [] : implementing.map(({ method }) => method)
  }

  /** Of the object whose method is called, where the method has no work of its own. */
  #typeOf({ expression, name }: TS.PropertyAccessExpression): string | null {
    const found = this.resolver.resolve(expression)
    if (found.kind === 'instance' || (found.kind === 'value' && ts.isClassLike(found.node))) {
      const of = found.kind === 'instance' ? found.of : (found.node as TS.ClassLikeDeclaration)
      const own = declaredIn(of, name.text)
      return own && isLeftOpen(own) && of.name ? placeOf(of.getSourceFile().fileName, of.name.text) : null
    }
    if (found.kind === 'library' || found.kind === 'global' || found.kind === 'module') return null
    const type = writtenType(expression, this.resolver)
    return type && ts.isTypeReferenceNode(type) ? this.#named(type.typeName) : null
  }

  #methods(): Map<string, Implementing[]> {
    const byMethod = new Map<string, Implementing[]>()
    for (const tree of this.trees())
      for (const owner of tree.statements.filter(ts.isClassDeclaration)) this.#note(owner, byMethod)
    return byMethod
  }

  #note(owner: TS.ClassDeclaration, byMethod: Map<string, Implementing[]>): void {
    if (!owner.heritageClauses) return
    const types = owner.heritageClauses.flatMap((clause) =>
      clause.types.flatMap(({ expression }) => this.#named(expression) ?? []),
    )
    for (const method of owner.members) {
      if (!ts.isMethodDeclaration(method) || !method.body || isLeftOpen(method)) continue
      const name = textOf(method.name)
      const known = byMethod.get(name)
      if (known) known.push({ method, types })
      else byMethod.set(name, [{ method, types }])
    }
  }

  /** One of the project, by the file that declares it and its name there. */
  #named(name: TS.Node): string | null {
    if (!ts.isIdentifier(name)) return null
    const from = name.getSourceFile().fileName
    return declaredTypeAt(from, name.text, this.resolver.modules)
  }
}

/** Abstract, or written only to be overridden: it does nothing, or throws that nobody did. */
export function isLeftOpen(member: TS.Node): boolean {
  if (!ts.isMethodDeclaration(member)) return false
  return member.body === undefined || member.body.statements.every(ts.isThrowStatement)
}
