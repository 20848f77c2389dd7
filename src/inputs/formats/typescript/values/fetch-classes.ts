/** Classes of the project that send through the global `fetch` unless they are given another one: which argument is that. */
import { classMadeBy } from './library-classes.js'
import { baseOf } from './object-members.js'
import type { Resolver } from './resolve.js'
import { bare, isFunction, some, textOf, ts, walk, type TS } from '../syntax/syntax.js'

/** The position of an argument, and the option of it that is the `fetch` to use; null where the argument itself is. */
export interface FetchGiven {
  index: number
  option: string | null
}

export interface FetchClass {
  given: FetchGiven
  /** The class, those it extends, and the functions through which its constructor takes the `fetch`. */
  parts: TS.Node[]
}

const MAX_DEPTH = 4
const MAX_BASES = 4

/** Null for a class that takes none. */
export function fetchClassOf(owner: TS.ClassLikeDeclaration, resolver: Resolver): FetchClass | null {
  const parts: TS.Node[] = []
  let at: TS.ClassLikeDeclaration | null = owner
  for (let depth = 0; at && depth < MAX_BASES && !parts.includes(at); depth++, at = baseOf(at, resolver))
    parts.push(at)
  const constructor = constructorOf(owner, resolver)
  const given = constructor && new Tracing(resolver, parts).from(constructor, 0)
  return given ? { given, parts } : null
}

function constructorOf(owner: TS.ClassLikeDeclaration, resolver: Resolver): TS.ConstructorDeclaration | null {
  let at: TS.ClassLikeDeclaration | null = owner
  for (let depth = 0; at && depth < MAX_BASES; depth++, at = baseOf(at, resolver)) {
    const own = at.members.find((member) => ts.isConstructorDeclaration(member) && member.body !== undefined)
    if (own && ts.isConstructorDeclaration(own)) return own
  }
  return null
}

class Tracing {
  readonly #seen = new Set<TS.Node>()

  constructor(
    readonly resolver: Resolver,
    readonly parts: TS.Node[],
  ) {}

  /** The first parameter of a function that may bring a `fetch`, where the global one is the default. */
  from(owner: TS.FunctionLikeDeclaration, depth: number): FetchGiven | null {
    if (this.#seen.has(owner) || depth > MAX_DEPTH) return null
    this.#seen.add(owner)
    for (const [index, parameter] of owner.parameters.entries()) {
      const found = this.#ofParameter(parameter, owner, depth)
      if (found === null) continue
      this.parts.push(owner)
      return { index, option: found.option }
    }
    return null
  }

  #ofParameter(
    { name, initializer }: TS.ParameterDeclaration,
    owner: TS.FunctionLikeDeclaration,
    depth: number,
  ): Pick<FetchGiven, 'option'> | null {
    if (!ts.isIdentifier(name)) return defaultIn(name)
    if (initializer && isGlobalFetch(initializer)) return { option: null }
    if (!owner.body) return null
    const names = namesOf(name.text, owner.body)
    let found: Pick<FetchGiven, 'option'> | null = null
    walk(owner.body, (node) => {
      found ??= chosenAt(node, names) ?? this.#handedOn(node, names, depth)
      return found === null && !isFunctionOfItsOwn(node)
    })
    return found
  }

  /** `buildAgent(options)`, `new Session(options.fetch)`, `super(options)`. */
  #handedOn(node: TS.Node, names: Set<string>, depth: number): Pick<FetchGiven, 'option'> | null {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return null
    const args = [...(node.arguments ?? [])]
    if (!args.some((argument) => partOf(argument, names) !== null)) return null
    const callee = this.#calleeOf(node)
    const inner = callee && this.from(callee, depth + 1)
    const argument = inner && args[inner.index]
    const part = argument ? partOf(argument, names) : null
    if (!inner || part === null) return null
    if (part === '') return { option: inner.option }
    return inner.option === null ? { option: part } : null
  }

  #calleeOf(node: TS.CallExpression | TS.NewExpression): TS.FunctionLikeDeclaration | null {
    if (node.expression.kind === ts.SyntaxKind.SuperKeyword) {
      const owner = this.parts.find((part) => ts.isClassLike(part) && some(part, (at) => at === node))
      const base = owner && ts.isClassLike(owner) ? baseOf(owner, this.resolver) : null
      return base && constructorOf(base, this.resolver)
    }
    if (ts.isNewExpression(node)) {
      const made = classMadeBy(node, this.resolver)
      return made && constructorOf(made, this.resolver)
    }
    const found = this.resolver.resolve(node.expression)
    return found.kind === 'value' && isFunction(found.node) ? found.node : null
  }
}

/** The name itself, and variables that are made of it: `const config = isText(options) ? { service: options } : options`. */
function namesOf(name: string, body: TS.Node): Set<string> {
  const names = new Set([name])
  walk(body, (node) => {
    if (!ts.isVariableDeclaration(node) || !node.initializer || !ts.isIdentifier(node.name)) return
    if (alternativesOf(node.initializer).some((one) => ts.isIdentifier(one) && names.has(one.text)))
      names.add(node.name.text)
  })
  return names
}

function alternativesOf(expression: TS.Expression): TS.Expression[] {
  const node = bare(expression)
  return ts.isConditionalExpression(node)
    ? [...alternativesOf(node.whenTrue), ...alternativesOf(node.whenFalse)]
    : [node]
}

/** '' for one of the names itself, the name of its member; null for anything else. */
function partOf(expression: TS.Expression, names: Set<string>): string | null {
  const node = bare(expression)
  if (ts.isIdentifier(node)) return names.has(node.text) ? '' : null
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return null
  return names.has(node.expression.text) ? node.name.text : null
}

/** `options.fetch ?? globalThis.fetch`, `const { fetch = globalThis.fetch } = options`. */
function chosenAt(node: TS.Node, names: Set<string>): Pick<FetchGiven, 'option'> | null {
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
    const isOfIt = alternativesOf(node.initializer).some((one) => partOf(one, names) === '')
    return isOfIt ? defaultIn(node.name) : null
  }
  if (!ts.isBinaryExpression(node) || !isGlobalFetch(node.right)) return null
  if (!/^(\?\?|\|\|)$/.test(node.operatorToken.getText())) return null
  const part = partOf(node.left, names)
  return part === null ? null : { option: part === '' ? null : part }
}

function defaultIn(pattern: TS.BindingPattern): Pick<FetchGiven, 'option'> | null {
  for (const element of pattern.elements)
    if (ts.isBindingElement(element) && element.initializer && isGlobalFetch(element.initializer))
      return { option: textOf(element.propertyName ?? element.name) }
  return null
}

/** `fetch`, `globalThis.fetch`, `fetch.bind(globalThis)`, also as the answer of a function. */
function isGlobalFetch(expression: TS.Expression): boolean {
  const node = bare(expression)
  return /^((globalThis|global|window|self)\.)?fetch(\.bind\((globalThis|global|window|self)\))?$/.test(
    node.getText(),
  )
}

const isFunctionOfItsOwn = (node: TS.Node): boolean => ts.isFunctionDeclaration(node)
