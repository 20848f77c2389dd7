/** Who calls the functions of the project, and with what arguments a piece of their code is reached. */
import { classMadeBy } from '../values/library-classes.js'
import { baseOf } from '../values/object-members.js'
import { givenFor, type Given } from '../modules/resolved.js'
import type { Made } from '../values/callees.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from './survey.js'
import { classAround, isFunction, ts, walk, type TS } from '../syntax/syntax.js'

/** A caller of a caller of …: no chain of makers and wrappers was seen to be half as long. */
const MAX_DEPTH = 16
/** Calls that are looked at for one question, level by level. */
const MAX_WAYS = 500
/** Calls that are looked at for all questions, and for each one after that: functions that all call each other share one answer. */
const MAX_WAYS_OF_ALL = 20_000
const FEW_WAYS = 16
const MAX_NESTED = 3

/** Calls through which a piece of code is reached, the inner one first. */
type Way = readonly Given[]

/** `isCut`: callers further out decide about some of the ways, and there were too many to be followed. */
export interface Ways {
  ways: Way[]
  isCut: boolean
}

/** Why something is not known where the ways are cut. */
export const CUT = 'more calls lead to it than are followed, so what they pass on is not known'

const NO_CALLS: readonly Made[] = []

export class Callers {
  #calls: Map<TS.Node, Made[]> | null = null
  readonly #given = new Map<Made, Given>()
  readonly #decidingFor = new WeakMap<readonly TS.Node[], Set<TS.FunctionLikeDeclaration>>()

  #followed = 0

  constructor(readonly survey: Survey) {}

  /** How many calls were looked at for all questions so far. */
  get followed(): number {
    return this.#followed
  }

  /** The calls of a function, of a constructor those that make an object with it. */
  of(owner: TS.FunctionLikeDeclaration): readonly Made[] {
    this.#calls ??= this.#find()
    return this.#calls.get(owner) ?? NO_CALLS
  }

  /**
   * The ways in which callers decide what some expressions stand for, each up to the caller that settles it; none when
   * nobody was seen to decide. `sameness`: of ways that end at the same call, those alike in it are one, else their number
   * doubles with each function that hands something on twice.
   */
  waysTo(
    expressions: readonly TS.Node[],
    isSettled: (way: readonly Given[]) => boolean,
    sameness?: (way: readonly Given[]) => string,
  ): Ways {
    const ways: Way[] = []
    const seen = new Map<Made, Set<string>>()
    let open: Way[] = [[]]
    let left = Math.min(MAX_WAYS, Math.max(FEW_WAYS, MAX_WAYS_OF_ALL - this.#followed))
    for (let depth = 0; open.length > 0; depth++) {
      const further = open.map((way) =>
        way.length > 0 && isSettled(way) ? [] : this.#further(way, expressions),
      )
      const next = further.flat().filter((way) => !sameness || isNew(way, sameness(way), seen))
      this.#followed += next.length
      ways.push(...open.filter((way, index) => way.length > 0 && further[index]!.length === 0))
      if ((left -= next.length) < 0 || depth >= MAX_DEPTH)
        return {
          ways: [...ways, ...open.filter((way) => way.length > 0 && !ways.includes(way))],
          isCut: true,
        }
      open = next
    }
    return { ways, isCut: false }
  }

  /**
   * A way with each of the calls of the first function that decides about it, none where nobody was seen to. What a method
   * is given decides before what its object was made with, which is asked when the callers of the method end.
   */
  #further(way: Way, expressions: readonly TS.Node[]): Way[] {
    for (const args of [expressions, ...way.map(({ call }) => call.arguments ?? [])].reverse()) {
      const owners = [...this.#deciding(args)].filter((owner) => !way.some(({ of }) => of === owner))
      for (const owner of owners.sort((a, b) => orderOf(a) - orderOf(b))) {
        const calls = this.of(owner)
        if (calls.length > 0) return calls.map((call) => [...way, this.#givenBy(owner, call)])
      }
    }
    return []
  }

  /** Whether a place is in a class that shares the constructor but is not what this call of it makes. */
  isOfSibling(node: TS.Node, given: Given | undefined): boolean {
    const owner = given && ts.isConstructorDeclaration(given.of) ? given.of.parent : null
    const around = classAround(node)
    if (!owner || !around || around === owner || !this.#basesOf(around).includes(owner)) return false
    return !this.#basesOf(this.#madeBy(given!.call)).includes(around)
  }

  /** The class that `new` or `super()` makes an object of. */
  #madeBy(call: Made): TS.ClassLikeDeclaration | null {
    if (call.expression.kind === ts.SyntaxKind.SuperKeyword) return classAround(call)
    return ts.isNewExpression(call) ? classMadeBy(call, this.survey.resolver) : null
  }

  /** A class and those that it extends. */
  #basesOf(owner: TS.ClassLikeDeclaration | null): TS.ClassLikeDeclaration[] {
    const bases: TS.ClassLikeDeclaration[] = []
    for (let at = owner; at && !bases.includes(at); at = baseOf(at, this.survey.resolver)) bases.push(at)
    return bases
  }

  #givenBy(of: TS.FunctionLikeDeclaration, call: Made): Given {
    let given = this.#given.get(call)
    if (!given) this.#given.set(call, (given = { of, call }))
    return given
  }

  #deciding(expressions: readonly TS.Node[]): Set<TS.FunctionLikeDeclaration> {
    let found = this.#decidingFor.get(expressions)
    if (!found) this.#decidingFor.set(expressions, (found = this.#findDeciding(expressions)))
    return found
  }

  /** The functions whose parameters are among what the expressions stand for. */
  #findDeciding(expressions: readonly TS.Node[]): Set<TS.FunctionLikeDeclaration> {
    const found = new Set<TS.FunctionLikeDeclaration>()
    const seen = new Set<TS.Node>()
    // What a call gave for the parameters of the function that returned a value is settled, whoever else calls it.
    const look = (root: TS.Node, depth: number, settled: readonly Given[]): void => {
      if (seen.has(root)) return
      seen.add(root)
      walk(root, (node) => {
        if (node !== root && isFunction(node)) return false
        if (!isRead(node)) return true
        const value = this.survey.resolver.resolve(node)
        if (value.kind === 'parameter' && isFunction(value.node.parent)) {
          const argument = givenFor(value.node, settled)
          if (argument === null || depth >= MAX_NESTED) found.add(value.node.parent)
          else if (argument !== 'nothing') look(argument, depth + 1, settled)
        }
        if (value.kind === 'value' && depth < MAX_NESTED && ts.isObjectLiteralExpression(value.node))
          look(value.node, depth + 1, [...settled, ...(value.given ?? [])])
        if (ts.isIdentifier(node) && depth < MAX_NESTED) {
          const binding = bindingOf(node)
          if (binding?.kind === 'value' && ts.isExpression(binding.node) && !isFunction(binding.node))
            look(binding.node, depth + 1, settled)
        }
        return true
      })
    }
    for (const expression of expressions) look(expression, 0, [])
    return found
  }

  #find(): Map<TS.Node, Made[]> {
    const calls = new Map<TS.Node, Made[]>()
    for (const { made } of this.survey.files)
      for (const call of made) {
        const called = this.calledBy(call)
        const known = called && calls.get(called)
        if (known) known.push(call)
        else if (called) calls.set(called, [call])
      }
    return calls
  }

  /** All calls and `new` of a file. */
  madeIn(file: TS.SourceFile): readonly Made[] {
    return this.survey.files.find(({ tree }) => tree === file)?.made ?? NO_CALLS
  }

  /** The function of the project that a call calls, of `new` the constructor. */
  calledBy(call: Made): TS.FunctionLikeDeclaration | null {
    if (call.expression.kind === ts.SyntaxKind.SuperKeyword) {
      const owner = classAround(call)
      const base = owner && baseOf(owner, this.survey.resolver)
      return base ? this.#constructorOf(base) : null
    }
    // Who is asked about makes or calls a client, so its module uses a library.
    if (this.survey.shapes.callees.leadToNoLibrary(call.expression)) return null
    if (ts.isNewExpression(call)) {
      const owner = classMadeBy(call, this.survey.resolver)
      return owner && this.#constructorOf(owner)
    }
    const found = this.survey.resolver.resolve(call.expression)
    return found.kind === 'value' && isFunction(found.node) ? found.node : null
  }

  /** A class without one has that of the class it extends. */
  #constructorOf(owner: TS.ClassLikeDeclaration): TS.ConstructorDeclaration | null {
    const own = this.#basesOf(owner).map(({ members }) => members.find(ts.isConstructorDeclaration))
    return own.find((found) => found !== undefined) ?? null
  }
}

function isNew(way: Way, key: string, seen: Map<Made, Set<string>>): boolean {
  const { call } = way.at(-1)!
  const keys = seen.get(call) ?? new Set()
  seen.set(call, keys)
  return keys.size < keys.add(key).size
}

/** A name that is read: not that of a property. */
function isRead(node: TS.Node): node is TS.Identifier | TS.PropertyAccessExpression {
  if (ts.isPropertyAccessExpression(node)) return true
  if (!ts.isIdentifier(node)) return false
  const { parent } = node
  const isNamed = ts.isPropertyAssignment(parent) || ts.isPropertyAccessExpression(parent)
  return !isNamed || parent.name !== node
}

function orderOf(owner: TS.FunctionLikeDeclaration): number {
  return ts.isConstructorDeclaration(owner) ? 1 : 0
}
