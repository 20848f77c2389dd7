/** Objects of the project's own classes that send through `fetch`, as clients of a library made for each class. */
import { codeWords } from '../../../../knowledge/code-words.js'
import type { CallShape, Library } from '../../../../knowledge/libraries.js'
import type { ClientSeen } from './client-seen.js'
import { fetchClassOf, type FetchClass, type FetchGiven } from '../values/fetch-classes.js'
import { classMadeBy } from '../values/library-classes.js'
import { findOption } from '../values/options.js'
import type { Resolver } from '../values/resolve.js'
import { isFunction, some, textOf, ts, walk, type TS } from '../syntax/syntax.js'

/** What may bound a request, unlike a timer that only waits between attempts. */
const BOUNDS =
  /AbortSignal\s*\.\s*(timeout|any)|new AbortController|Promise\s*\.\s*race|\b(timeout|deadline)\w*\s*[:=?(](?!\s*setTimeout)/
/** A caller may give a signal. */
const TAKES_SIGNAL = /\bsignal\b|\binit\b|RequestInit/
const MAX_CALLED = 2

export class FetchClients {
  readonly #known = new Map<TS.ClassLikeDeclaration, { library: Library; given: FetchGiven } | null>()

  /** `facts`: what holds for all of them; null where no rules file says. */
  constructor(
    readonly resolver: Resolver,
    readonly facts: Library | null,
    /** Whether a call is followed to a library by itself: then it says what bounds it. */
    readonly isFollowed: (call: TS.CallExpression) => boolean,
  ) {}

  /** Null for what is given a `fetch`, or something else to send by: that is judged by itself. */
  madeBy(made: TS.NewExpression): ClientSeen | null {
    const owner = this.facts && classMadeBy(made, this.resolver)
    const client = owner && this.#clientOf(owner)
    if (!client || this.#isGivenOther(made, client.given)) return null
    const [creation] = client.library.creates
    return {
      library: client.library,
      made,
      creation: creation!,
      by: client.library.title,
      through: 'creation',
    }
  }

  /** Whether objects of a class may be such clients. */
  has(owner: TS.ClassLikeDeclaration): boolean {
    return this.facts !== null && this.#clientOf(owner) !== null
  }

  #clientOf(owner: TS.ClassLikeDeclaration): { library: Library; given: FetchGiven } | null {
    let known = this.#known.get(owner)
    if (known === undefined) {
      this.#known.set(owner, null) // ends recursion
      const found = fetchClassOf(owner, this.resolver)
      known =
        found && !this.#isJudgedApart(found)
          ? { library: this.#libraryOf(owner, found), given: found.given }
          : null
      this.#known.set(owner, known)
    }
    return known
  }

  #isGivenOther(made: TS.NewExpression, { index, option }: FetchGiven): boolean {
    const argument = made.arguments?.[index]
    if (made.arguments?.some(ts.isSpreadElement)) return true
    if (!argument) return false
    if (option === null) return !isNothing(argument)
    const found = this.resolver.resolve(argument)
    if (found.kind === 'value' && isText(found.node)) return false
    if (found.kind !== 'value' || found.or || !ts.isObjectLiteralExpression(found.node)) return true
    if (found.node.properties.some((property) => this.#sends(property))) return true
    return findOption([argument], option, this.resolver).state !== 'none'
  }

  /** `{ fetchHandler: (url, init) => … }`: an object that sends by itself. */
  #sends(property: TS.ObjectLiteralElementLike): boolean {
    if (ts.isMethodDeclaration(property)) return true
    if (!ts.isPropertyAssignment(property)) return ts.isSpreadAssignment(property)
    const found = this.resolver.resolve(property.initializer)
    return found.kind === 'value' && isFunction(found.node)
  }

  /** By a time limit of its own, or by calls of `fetch` that are seen as such. */
  #isJudgedApart({ parts }: FetchClass): boolean {
    const code = this.#codeOf(parts)
    return (
      code.some((part) => BOUNDS.test(part.getText())) ||
      code.some((part) => some(part, (node) => ts.isCallExpression(node) && this.isFollowed(node)))
    )
  }

  /** With the functions of the project that they call. */
  #codeOf(parts: TS.Node[]): TS.Node[] {
    const all = new Set(parts)
    let latest = parts
    for (let depth = 0; depth < MAX_CALLED; depth++) {
      const called: TS.Node[] = []
      for (const part of latest)
        walk(part, (node) => {
          if (!ts.isCallExpression(node)) return
          const found = this.resolver.resolve(node.expression)
          if (found.kind === 'value' && isFunction(found.node) && !all.has(found.node)) {
            all.add(found.node)
            called.push(found.node)
          }
        })
      latest = called
    }
    return [...all]
  }

  #libraryOf(owner: TS.ClassLikeDeclaration, found: FetchClass): Library {
    const facts = this.facts!
    const name = owner.name?.text ?? facts.title
    const takesSignal = this.#codeOf(found.parts).some((part) => TAKES_SIGNAL.test(part.getText()))
    const options = found.given.option === null ? [] : [found.given.index]
    const timeout = { ...facts.guards['http-timeout']!, signal: takesSignal }
    const methods = methodsOf(found.parts)
    return {
      ...facts,
      title: `\`${name}\``,
      creates: facts.creates.map((creation) => ({
        ...creation,
        new: [name],
        options,
        // The first argument is the address only of a class whose options it can be as well.
        target: creation.target.filter(
          ({ argument }) => argument === undefined || options.includes(argument),
        ),
      })),
      calls: takesSignal
        ? [...methods.flatMap(shapeOf), { ...facts.calls[0]!, options: [1, 2] }]
        : facts.calls,
      ignores: methods.filter((method) => !mayWait(method)).map(({ name: method }) => textOf(method)),
      guards: { ...facts.guards, 'http-timeout': timeout },
    }
  }
}

type Method = TS.MethodDeclaration

function methodsOf(parts: TS.Node[]): Method[] {
  return parts.flatMap((part) => (ts.isClassLike(part) ? part.members.filter(ts.isMethodDeclaration) : []))
}

/** Where the options of a method stand that takes some. */
function shapeOf({ name, parameters }: Method): CallShape[] {
  const index = parameters.findIndex((parameter) => codeWords().requestOptions.test(textOf(parameter.name)))
  return index < 0 ? [] : [{ methods: [textOf(name)], begunBy: [], options: [index], target: [] }]
}

/** A method that gives no promise sends nothing that is waited for. */
function mayWait({ modifiers, type, body }: Method): boolean {
  const isAsync = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false
  if (isAsync || /Promise|Async/.test(type?.getText() ?? '')) return true
  return (
    type === undefined &&
    body !== undefined &&
    some(body, (node) => ts.isReturnStatement(node) && some(node, ts.isCallExpression))
  )
}

const isText = (node: TS.Node): boolean =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateExpression(node) ||
  (ts.isNewExpression(node) && node.expression.getText() === 'URL')

const isNothing = (node: TS.Expression): boolean => ['undefined', 'null'].includes(node.getText())
