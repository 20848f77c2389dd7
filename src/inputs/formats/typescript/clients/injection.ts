/**
 * Clients that a dependency injection container hands to a class, as that of NestJS does: by the type of a constructor
 * parameter, which a module among the imports of the class's own module provides, or by a token of `@Inject(TOKEN)`.
 */
import type { Library } from '../../../../knowledge/libraries.js'
import { returnsOf } from '../survey/creation-arguments.js'
import { findOption } from '../values/options.js'
import { packageOf } from '../survey/practice.js'
import type { Made } from '../values/callees.js'
import type { Survey } from '../survey/survey.js'
import { bare, classAround, textOf, ts, walk, type TS } from '../syntax/syntax.js'

/** `bare`: the module of the library as it is, without options. */
export type Injected = { made: Made } | 'bare' | 'unknown'

/** A module that imports one that imports one … */
const MAX_DEPTH = 4

export class Injection {
  #modules: Map<TS.ClassLikeDeclaration, TS.ObjectLiteralExpression> | null = null
  #providers: TS.ObjectLiteralExpression[] = []

  constructor(readonly survey: Survey) {}

  /** Of a client that a parameter of a constructor is; null where nothing injects it. */
  of(parameter: TS.ParameterDeclaration, library: Library): Injected | null {
    const owner = ts.isConstructorDeclaration(parameter.parent) ? classAround(parameter) : null
    if (!owner) return null
    const token = decoratorArgument(parameter, 'Inject')
    if (token) return this.#byToken(token)
    return library.injectedBy === undefined ? null : this.#byModule(owner, library.injectedBy, library)
  }

  #byToken(token: TS.Expression): Injected {
    const made = this.#all().providers.flatMap((provider) => {
      const provided = valueOf(provider, 'provide')
      return provided && this.#isSame(provided, token) ? this.#madeBy(provider) : []
    })
    return made.length > 0 && made.every((one) => one !== null && one === made[0])
      ? { made: made[0]! }
      : 'unknown'
  }

  /** What a provider gives: its value, or what its factory returns. */
  #madeBy(provider: TS.ObjectLiteralExpression): (Made | null)[] {
    const value = valueOf(provider, 'useValue')
    const factory = valueOf(provider, 'useFactory')
    const given = value ? [value] : factory ? returnsOf(factory, this.survey.resolver) : []
    return given.length === 0 ? [null] : given.map((one) => this.survey.shapes.clientOf(one)?.made ?? null)
  }

  #isSame(one: TS.Expression, other: TS.Expression): boolean {
    const [a, b] = [this.survey.resolver.resolve(one), this.survey.resolver.resolve(other)]
    if (a.kind === 'value' && b.kind === 'value')
      return (
        a.node === b.node ||
        (ts.isStringLiteralLike(a.node) && ts.isStringLiteralLike(b.node) && a.node.text === b.node.text)
      )
    return a.kind === b.kind && a.kind !== 'unknown' && one.getText() === other.getText()
  }

  /** All modules that have the class have to lead to the same. */
  #byModule(owner: TS.ClassLikeDeclaration, name: string, library: Library): Injected {
    const { modules } = this.#all()
    const own = [...modules.values()].filter((module) =>
      ['providers', 'controllers'].some((key) => this.#classesIn(valueOf(module, key)).includes(owner)),
    )
    const everywhere = soleOf(this.#global(owner, name, library))
    return soleOf(own.map((module) => this.#importedBy(module, name, library, 0) ?? everywhere))
  }

  /** What modules of the same package give to all others: they are global, or import the library's module as such. */
  #global(owner: TS.ClassLikeDeclaration, name: string, library: Library): Injected[] {
    const folder = packageOf(this.survey, owner)
    return [...this.#all().modules].flatMap(([declared, module]): Injected[] => {
      if (packageOf(this.survey, declared) !== folder) return []
      if (isGlobal(declared) && this.#passes(module, name))
        return [this.#importedBy(module, name, library, 0) ?? 'unknown']
      return this.#listed(valueOf(module, 'imports')).flatMap((entry) =>
        this.#isForAll(entry) ? (this.#providedBy(entry, name, library) ?? []) : [],
      )
    })
  }

  /** `HttpModule.register({ global: true })`. */
  #isForAll(entry: TS.Expression): boolean {
    const node = bare(entry)
    if (!ts.isCallExpression(node)) return false
    const found = findOption(node.arguments, 'global', this.survey.resolver)
    return found.state === 'found' && found.value.kind === ts.SyntaxKind.TrueKeyword
  }

  #passes(module: TS.ObjectLiteralExpression, name: string): boolean {
    return this.#listed(valueOf(module, 'exports')).some((one) => textOf(one).startsWith(name))
  }

  /** The library's module among the imports of a module, or what imported modules export of it. */
  #importedBy(
    module: TS.ObjectLiteralExpression,
    name: string,
    library: Library,
    depth: number,
  ): Injected | null {
    const imports = this.#listed(valueOf(module, 'imports'))
    for (const entry of imports) {
      const provided = this.#providedBy(entry, name, library)
      if (provided !== null) return provided
    }
    if (depth >= MAX_DEPTH) return null
    for (const entry of imports) {
      const found = this.survey.resolver.resolve(entry)
      const inner =
        found.kind === 'value' && ts.isClassLike(found.node) ? this.#all().modules.get(found.node) : undefined
      const passed =
        inner && this.#passes(inner, name) ? this.#importedBy(inner, name, library, depth + 1) : null
      if (passed !== null) return passed
    }
    return null
  }

  #providedBy(entry: TS.Expression, name: string, library: Library): Injected | null {
    const node = bare(entry)
    if (ts.isCallExpression(node)) {
      const made = this.survey.shapes.creationAt(node)
      return made?.library === library ? { made: node } : null
    }
    const found = this.survey.resolver.resolve(node)
    const isModule = found.kind === 'library' && found.path === name && library.imports.includes(found.module)
    return isModule ? 'bare' : null
  }

  #classesIn(list: TS.Expression | null): TS.Node[] {
    return this.#listed(list).flatMap((entry) => {
      const node = bare(entry)
      const named = ts.isObjectLiteralExpression(node) ? valueOf(node, 'useClass') : node
      const found = named && this.survey.resolver.resolve(named)
      return found?.kind === 'value' ? [found.node] : []
    })
  }

  /** The elements of a list, also of lists that are spread into it. */
  #listed(list: TS.Expression | null): TS.Expression[] {
    const found = list && this.survey.resolver.resolve(list)
    const node = found?.kind === 'value' ? found.node : null
    if (!node || !ts.isArrayLiteralExpression(node)) return []
    return node.elements.flatMap((element) =>
      ts.isSpreadElement(element) ? this.#listed(element.expression) : [element],
    )
  }

  #all(): {
    modules: Map<TS.ClassLikeDeclaration, TS.ObjectLiteralExpression>
    providers: TS.ObjectLiteralExpression[]
  } {
    if (this.#modules === null) {
      this.#modules = new Map()
      for (const tree of this.survey.modules.treesWith('@Module')) this.#note(tree, this.#modules)
    }
    return { modules: this.#modules, providers: this.#providers }
  }

  #note(tree: TS.SourceFile, modules: Map<TS.ClassLikeDeclaration, TS.ObjectLiteralExpression>): void {
    walk(tree, (node) => {
      if (ts.isObjectLiteralExpression(node) && valueOf(node, 'provide')) this.#providers.push(node)
      if (!ts.isClassDeclaration(node)) return true
      const given = decoratorArgument(node, 'Module')
      if (given && ts.isObjectLiteralExpression(given)) modules.set(node, given)
      return true
    })
  }
}

/** The one that all are; 'unknown' where they differ or there is none. */
function soleOf(all: Injected[]): Injected {
  const distinct = new Set(all.map((one) => (typeof one === 'string' ? one : one.made)))
  return distinct.size === 1 ? all[0]! : 'unknown'
}

function isGlobal(node: TS.ClassLikeDeclaration): boolean {
  return (ts.isClassDeclaration(node) ? (ts.getDecorators(node) ?? []) : []).some(
    ({ expression }) => ts.isCallExpression(expression) && expression.expression.getText() === 'Global',
  )
}

function decoratorArgument(
  node: TS.ClassDeclaration | TS.ParameterDeclaration,
  name: string,
): TS.Expression | null {
  for (const { expression } of ts.getDecorators(node) ?? [])
    if (ts.isCallExpression(expression) && expression.expression.getText() === name)
      return expression.arguments[0] ? bare(expression.arguments[0]) : null
  return null
}

function valueOf(object: TS.ObjectLiteralExpression, name: string): TS.Expression | null {
  for (const property of object.properties) {
    if (!property.name || textOf(property.name) !== name) continue
    if (ts.isPropertyAssignment(property)) return property.initializer
    if (ts.isShorthandPropertyAssignment(property)) return property.name
  }
  return null
}
