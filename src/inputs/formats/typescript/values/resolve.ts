/** What an expression stands for, followed through variables, fields, functions and files, as far as syntax alone can tell. */
import { memberOf, propertyOf } from './object-members.js'
import { enumMember, globalMember, madeMember } from './members.js'
import {
  bestOf,
  boundBy,
  givenFor,
  isUntold,
  keepsArguments,
  NOTHING,
  UNKNOWN,
  type Given,
  type Resolved,
  type Trail,
} from '../modules/resolved.js'
import { memberOfThis, ownerOfThis } from './this-objects.js'
import { classMadeBy } from './library-classes.js'
import { promisedBy } from './promises.js'
import { eitherOf } from './alternatives.js'
import { readsNamedVariable } from '../modules/environment-readers.js'
import { ExportedPlaces, isLost } from '../modules/exported-places.js'
import { assignedToVariable, isAssignedAgain, returnedBy } from '../syntax/assignments.js'
import { bindingOf, moduleOf, namesIn, typeBindingOf, type Binding } from '../syntax/scope.js'
import type { Modules } from '../modules/modules.js'
import { typeAt } from '../syntax/types.js'
import { bare, isFunction, ts, type TS } from '../syntax/syntax.js'

const MAX_STEPS = 24

export class Resolver {
  readonly #known = new Map<TS.Node, Resolved>()
  readonly #meant = new Map<Binding, Resolved>()
  readonly #under = new WeakMap<readonly Given[], Resolver>()
  readonly properties = new Map<TS.Node, Map<string, Resolved>>()
  #steps = 0

  /** `given`: calls whose arguments the parameters of their functions stand for. */
  constructor(
    readonly modules: Modules,
    readonly given: readonly Given[] = [],
    readonly exports = new ExportedPlaces(modules),
    readonly trail: Trail = { at: null },
  ) {}

  /** What expressions stand for when functions are called in this way. */
  under(given: readonly Given[]): Resolver {
    if (given.length === 0) return this
    let inner = this.#under.get(given)
    if (!inner) this.#under.set(given, (inner = new Resolver(this.modules, given, this.exports, this.trail)))
    return inner
  }

  resolve(expression: TS.Expression): Resolved {
    const node = bare(expression)
    this.trail.at = node
    const known = this.#known.get(node)
    if (known) return known
    if (this.#steps > MAX_STEPS) return UNKNOWN
    this.#known.set(node, UNKNOWN) // ends cycles
    this.#steps++
    const found = this.#follow(node)
    this.#steps--
    this.#known.set(node, found)
    return found
  }

  #follow(node: TS.Expression): Resolved {
    if (ts.isIdentifier(node)) {
      const binding = bindingOf(node)
      return binding ? this.#bound(binding, node) : { kind: 'global', name: node.text }
    }
    if (node.kind === ts.SyntaxKind.ThisKeyword) return ownerOfThis(node)
    if (ts.isPropertyAccessExpression(node)) {
      const found = memberOfThis(node, this) ?? this.member(this.resolve(node.expression), node.name.text)
      return found.kind === 'unknown' ? { at: node, ...found } : found
    }
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
      return this.member(this.resolve(node.expression), node.argumentExpression.text)
    if (ts.isBinaryExpression(node)) return eitherOf(node, this)
    if (ts.isConditionalExpression(node)) return this.firstKnown([node.whenTrue, node.whenFalse])
    if (ts.isNewExpression(node)) return this.#made(node)
    const module = moduleOf(node)
    if (module !== null) return this.imported(node.getSourceFile().fileName, module, [])
    if (ts.isCallExpression(node)) return this.#called(node)
    return { kind: 'value', node }
  }

  /** A made thing is preferred: `global.x ?? new Client()` is the client. */
  firstKnown(expressions: TS.Expression[]): Resolved {
    return bestOf(expressions.map((expression) => this.resolve(expression)))
  }

  /** The same name is asked for at many places. */
  #bound(binding: Binding, at: TS.Node): Resolved {
    const known = this.#meant.get(binding)
    if (known) return known
    const found = this.#boundAt(binding, at)
    // Inside of others it may have been cut short, where they go in circles or too deep.
    if (this.#steps <= 1) this.#meant.set(binding, found)
    return found
  }

  #boundAt(binding: Binding, at: TS.Node): Resolved {
    switch (binding.kind) {
      case 'import':
        return this.imported(at.getSourceFile().fileName, binding.module, binding.path)
      case 'parameter':
        return this.parameter(binding.node, binding.path, binding.fallback)
      case 'variable':
        return this.firstKnown(assignedToVariable(binding.declaration))
      case 'value':
        return this.#orDefault(this.#along(this.#valueAt(binding.node), binding.path), binding.fallback)
    }
  }

  /** `const { timeout = 5000 } = options`. */
  #orDefault(found: Resolved, fallback: TS.Expression | undefined): Resolved {
    if (!fallback) return found
    if (found.kind === 'nothing') return this.resolve(fallback)
    return found.kind === 'parameter' ? { ...found, fallback } : found
  }

  #valueAt(node: TS.Expression | TS.Declaration): Resolved {
    return ts.isExpression(node) ? this.resolve(node) : { kind: 'value', node }
  }

  /** What a call gives for it; else a parameter of a class of the project is an object of it. */
  parameter(node: TS.ParameterDeclaration, path: string[] = [], fallback?: TS.Expression): Resolved {
    const argument = givenFor(node, this.given)
    if (argument !== null && isAssignedAgain(node)) return UNKNOWN
    if (argument !== null) {
      const found = argument === 'nothing' ? NOTHING : this.#along(this.resolve(argument), path)
      return this.#orDefault(found, fallback)
    }
    const owner = node.type && this.#classOf(node.type)
    const found: Resolved = owner ? { kind: 'instance', of: owner } : { kind: 'parameter', node, path: [] }
    return this.#orDefault(this.#along(found, path), fallback)
  }

  #classOf(type: TS.TypeNode): TS.ClassLikeDeclaration | null {
    if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return null
    const binding = typeBindingOf(type.typeName)
    const found = binding ? this.#bound(binding, type) : UNKNOWN
    return found.kind === 'value' && ts.isClassLike(found.node) ? found.node : null
  }

  /** What an import gives: a thing of a library, or what the file it means exports. */
  imported(from: string, module: string, path: string[]): Resolved {
    const file = this.modules.resolve(from, module)
    if (file === null) {
      if (isLost(module)) return UNKNOWN
      return { kind: 'library', module, path: this.modules.packageNames.pathOf(module, path) }
    }
    const [name = '', ...rest] = path
    return this.#along(name === '' ? this.#module(file) : this.#exported(file, name), rest)
  }

  #exported(file: string, name: string): Resolved {
    const place = this.exports.of(file, name)
    if (place === null) return this.#ofWhole(file, name)
    if (place.kind === 'package') return { kind: 'library', module: place.module, path: place.path }
    if (place.kind === 'module') return this.#module(place.file)
    const { tree, entry } = place
    if (entry.kind === 'value') return this.#valueAt(entry.node)
    const binding = namesIn(tree)?.get(entry.name)
    return binding ? this.#bound(binding, tree) : UNKNOWN
  }

  #module(file: string): Resolved {
    const whole = this.exports.wholeOf(file)
    return whole ? this.resolve(whole) : { kind: 'module', file }
  }

  /** `module.exports = { ...require('./orders') }`. */
  #ofWhole(file: string, name: string): Resolved {
    const whole = this.#module(file)
    return whole.kind === 'module' ? UNKNOWN : this.member(whole, name)
  }

  #along(from: Resolved, names: string[]): Resolved {
    return names.reduce<Resolved>((of, name) => this.member(of, name), from)
  }

  member(of: Resolved, name: string): Resolved {
    switch (of.kind) {
      case 'library':
        return { ...of, path: this.modules.packageNames.pathOf(of.module, [of.path, name]) }
      case 'parameter': {
        const type = typeAt(of.node.type, [...of.path, name])
        const owner = type && this.#classOf(type)
        return owner
          ? { kind: 'instance', of: owner }
          : { kind: 'parameter', node: of.node, path: [...of.path, name] }
      }
      case 'module':
        return this.#exported(of.file, name)
      case 'global':
        return globalMember(of.name, name)
      case 'instance':
        return memberOf(of.of, name, this)
      case 'value':
        if (ts.isObjectLiteralExpression(of.node))
          return this.#with(of.given, propertyOf(of.node, name, this))
        if (ts.isClassLike(of.node)) return memberOf(of.node, name, this)
        if (ts.isEnumDeclaration(of.node)) return enumMember(of.node, name)
        return madeMember(of.node, name, this, of.given)
      case 'nothing':
        return NOTHING
      case 'unknown':
        return UNKNOWN
    }
  }

  #made(node: TS.NewExpression): Resolved {
    const of = classMadeBy(node, this)
    return of ? { kind: 'instance', of, made: node } : { kind: 'value', node }
  }

  #called(node: TS.CallExpression): Resolved {
    const bound = boundBy(node)
    if (bound) return this.resolve(bound)
    const promised = promisedBy(node, this)
    if (promised) return promised
    const callee = this.resolve(node.expression)
    if (callee.kind === 'value' && isFunction(callee.node)) {
      const isAgain = this.given.some(({ of, call }) => of === callee.node && call !== node)
      if (isAgain || readsNamedVariable(callee.node)) return { kind: 'value', node }
      const returned = this.#with([{ of: callee.node, call: node }], this.returned(callee.node))
      if (!isUntold(returned)) return returned
    }
    return { kind: 'value', node }
  }

  /** What a function gives for the arguments of one call: objects and clients keep them. */
  #with(given: readonly Given[] | undefined, found: Resolved): Resolved {
    if (!given) return found
    if (found.kind === 'value')
      return keepsArguments(found.node) ? { ...found, given: [...(found.given ?? []), ...given] } : found
    if (found.kind !== 'parameter') return found
    const argument = givenFor(found.node, given)
    if (argument === null) return found
    return argument === 'nothing' ? found : this.#along(this.resolve(argument), found.path)
  }

  returned(node: TS.FunctionLikeDeclaration): Resolved {
    if (!node.body) return UNKNOWN
    return ts.isBlock(node.body) ? this.firstKnown(returnedBy(node.body)) : this.resolve(node.body)
  }
}
