/** Races of calls against a timer: `Promise.race([call, timer])`, here or in a function of the project that is given the call. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { returnedBy } from '../syntax/assignments.js'
import type { Resolver } from './resolve.js'
import { usesOf } from '../syntax/uses.js'
import { bare, calleeName, enclosingFunction, isFunction, some, ts, walk, type TS } from '../syntax/syntax.js'

/** A race that a call is in, told by the timer that it races against. */
export function timerAgainst(race: TS.CallExpression, call: TS.Node, resolver: Resolver): TS.Node | null {
  const [list] = race.arguments
  if (!list || !ts.isArrayLiteralExpression(list)) return null
  const others = list.elements.filter((element) => !isWithin(call, element))
  if (others.length === list.elements.length) return null
  const timers = others.flatMap((element) => timerOf(element, resolver) ?? [])
  return timers[0] ?? null
}

/** Whether a name in the race speaks of a timer that was not seen. */
export function mayHaveTimer(race: TS.CallExpression): boolean {
  const [list] = race.arguments
  return (
    !!list &&
    ts.isArrayLiteralExpression(list) &&
    list.elements.some((at) => codeWords().racingTimers.test(at.getText()))
  )
}

export function isRace(call: TS.CallExpression): boolean {
  return bare(call.expression).getText() === 'Promise.race'
}

/** `hidden`: the function races something, and which of its arguments that is was not seen. */
export type Raced = { timer: TS.Node } | 'hidden' | null

/** Whether a function of the project races what it is given at a position of its arguments. */
export function raceIn(owner: TS.FunctionLikeDeclaration, position: number, resolver: Resolver): Raced {
  const races = racesIn(owner)
  if (races.length === 0) return null
  const parameter = owner.parameters[position]
  if (!parameter || parameter.dotDotDotToken || some(owner.body!, isArguments)) return 'hidden'
  const uses = namesIn(parameter.name).flatMap((name) => usesIn(owner, parameter, name))
  const raced = races.flatMap((race) => {
    const inside = uses.filter((use) => isWithin(use, race))
    const [timer] = inside.flatMap((use) => timerAgainst(race, use, resolver) ?? [])
    return timer ? [{ timer, inside }] : []
  })
  const [first] = raced
  const isBounded = uses.every((use) => raced.some(({ inside }) => inside.includes(use)) || !isWaitedFor(use))
  if (first) return isBounded ? { timer: first.timer } : null
  return races.some((race) => mayHaveTimer(race) && uses.some((use) => isWithin(use, race))) ? 'hidden' : null
}

/** The timer of a race in a decorator: what it races is what it decorates. */
export function raceOfDecorator(owner: TS.FunctionLikeDeclaration, resolver: Resolver): TS.Node | null {
  const timers = racesIn(owner).flatMap((race) => {
    const [list] = race.arguments
    const elements = list && ts.isArrayLiteralExpression(list) ? [...list.elements] : []
    return elements.flatMap((element) => timerAgainst(race, element, resolver) ?? [])
  })
  return timers[0] ?? null
}

function racesIn({ body }: TS.FunctionLikeDeclaration): TS.CallExpression[] {
  const races: TS.CallExpression[] = []
  if (body) walk(body, (node) => void (ts.isCallExpression(node) && isRace(node) && races.push(node)))
  return races
}

const isArguments = (node: TS.Node): boolean => ts.isIdentifier(node) && node.text === 'arguments'

function namesIn(name: TS.BindingName): TS.Identifier[] {
  if (ts.isIdentifier(name)) return [name]
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []))
}

/** Of a parameter, or of a name taken out of it: `({ task, ms }) => …`. */
function usesIn(
  owner: TS.FunctionLikeDeclaration,
  parameter: TS.ParameterDeclaration,
  name: TS.Identifier,
): TS.Identifier[] {
  if (parameter.name === name) return usesOf(parameter, owner)
  const uses: TS.Identifier[] = []
  walk(owner.body!, (node) => void (ts.isIdentifier(node) && node.text === name.text && uses.push(node)))
  return uses
}

/** `await task()`, `return task`: its caller waits for it as long as it takes. */
function isWaitedFor(use: TS.Node): boolean {
  let at = use
  while (
    (ts.isCallExpression(at.parent) || ts.isPropertyAccessExpression(at.parent)) &&
    at.parent.expression === at
  )
    at = at.parent
  return ts.isAwaitExpression(at.parent) || ts.isReturnStatement(at.parent) || isFunction(at.parent)
}

function isWithin(node: TS.Node, other: TS.Node): boolean {
  return node.pos >= other.pos && node.end <= other.end && node.getSourceFile() === other.getSourceFile()
}

/** What makes it a timer, made here, in a variable or by a function of the project that does nothing but wait. */
function timerOf(element: TS.Expression, resolver: Resolver): TS.Node | null {
  const node = bare(element)
  if (isTimer(node)) return node
  const made = promiseBehind(node)
  const found = resolver.resolve(made)
  if (isTimerPromise(made)) return node
  if (found.kind === 'value' && isTimerPromise(found.node)) return made === node ? found.node : node
  const callee = ts.isCallExpression(made) ? resolver.resolve(made.expression) : null
  if (callee?.kind !== 'value' || !isFunction(callee.node) || !onlyWaits(callee.node)) return null
  // `sleep(100).then(() => { throw … })` fails by what follows.
  return made === node ? callee.node : node
}

/** What `.then(…)` and its like follow. */
function promiseBehind(expression: TS.Expression): TS.Expression {
  let at = expression
  while (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
    if (!/^(then|catch|finally)$/.test(at.expression.name.text)) break
    at = bare(at.expression.expression)
  }
  return at
}

/** `new Promise((resolve) => setTimeout(resolve, 100))`. */
function isTimerPromise(node: TS.Node): boolean {
  return ts.isNewExpression(node) && node.expression.getText() === 'Promise' && some(node, isTimer)
}

function isTimer(node: TS.Node): node is TS.CallExpression {
  return ts.isCallExpression(node) && calleeName(node) === 'setTimeout'
}

/** It has a timer, or sleeps, and waits for nothing else. */
function onlyWaits(node: TS.FunctionLikeDeclaration): boolean {
  const { waits } = codeWords()
  const isWait = (at: TS.Node): boolean =>
    isTimerPromise(at) || (ts.isCallExpression(at) && (isTimer(at) || waits.test(calleeName(at))))
  const waitsElsewhere = some(
    node,
    (at) =>
      (ts.isAwaitExpression(at) && !isWait(bare(at.expression))) || (ts.isCallExpression(at) && isRace(at)),
  )
  const { body } = node
  const given = !body ? [] : ts.isBlock(body) ? returnedBy(body) : [body]
  const givesElse = given.some((value) => ts.isCallExpression(bare(value)) && !some(value, isWait))
  return some(node, isWait) && !waitsElsewhere && !givesElse
}

/** The timer fails: one that only resolves waits a while for what is meant to go on. */
export function fails(node: TS.Node): boolean {
  return some(node, (at) => {
    if (!isTimer(at)) return false
    const [callback] = at.arguments
    const executor = enclosingFunction(at)
    const reject = executor?.parameters[1]?.name.getText()
    return (
      callback !== undefined &&
      some(
        callback,
        (inner) => ts.isThrowStatement(inner) || (ts.isIdentifier(inner) && inner.text === reject),
      )
    )
  })
}
