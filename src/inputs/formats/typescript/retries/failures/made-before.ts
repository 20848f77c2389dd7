/** Reads of what was made just before: that it is not there says only that it is not there yet. */
import { isSameTarget, requestTarget, variablesIn } from '../repeated/request-targets.js'
import { callersOf } from '../../survey/named-callers.js'
import type { OutboundCall, Survey } from '../../survey/survey.js'
import { bindingOf, type Binding } from '../../syntax/scope.js'
import { callsIn } from '../../syntax/noted-nodes.js'
import { bare, enclosingFunction, isFunction, ts, type TS } from '../../syntax/syntax.js'
import { isWrite, makesAnew } from '../../effects/writes.js'

/** Functions to which a name is given, and variables that hold one. */
const MAX_DEPTH = 3

/** A call that makes something, and what it is made at. */
interface Making {
  node: TS.CallExpression
  targets: TS.Expression[]
}

/** The makings in a function, by what they mention. */
type Makings = Map<Binding, Making[]>
const makings = new WeakMap<Survey, Map<TS.Node, Makings>>()
const answers = new WeakMap<Survey, Map<Binding, boolean>>()
const held = new WeakMap<TS.Node, Set<Binding>>()

/** What names it in its target was answered by a call that made it, or sent with one to the same target. */
export function readsWhatWasMade(call: OutboundCall, survey: Survey): boolean {
  const target = isWrite(call) ? null : requestTarget(call)
  return target !== null && variablesIn(target).some((name) => isMadeBefore(name, target, call.node, survey))
}

function isMadeBefore(
  name: TS.Identifier,
  target: TS.Expression,
  at: TS.Node,
  survey: Survey,
  depth = 0,
): boolean {
  const binding = bindingOf(name)
  if (binding?.kind === 'parameter')
    return depth < MAX_DEPTH && isMadeByCallers(binding.node, target, survey, depth + 1)
  if (binding?.kind !== 'value') return false
  // What the whole module knows, as an address, was not made for this.
  const owner = enclosingFunction(binding.node)
  if (!owner?.body) return false
  if (isAnswered(binding, survey)) return true
  const before = makingsIn(owner.body, survey).get(binding) ?? []
  return before.some(
    ({ node, targets }) => node.end <= at.pos && targets.some((made) => isSameTarget(made, target)),
  )
}

function isMadeByCallers(
  parameter: TS.ParameterDeclaration,
  target: TS.Expression,
  survey: Survey,
  depth: number,
): boolean {
  const owner = parameter.parent
  if (!isFunction(owner)) return false
  const index = owner.parameters.indexOf(parameter)
  const callers = callersOf(owner, survey)
  const isWhole = bare(target).getText() === parameter.name.getText()
  const isMade = (call: TS.CallExpression): boolean => {
    const given = call.arguments[index]
    if (given === undefined) return false
    const sentTo = isWhole ? given : target
    return variablesIn(given).some((name) => isMadeBefore(name, sentTo, call, survey, depth))
  }
  return callers.length > 0 && callers.every(isMade)
}

/** It holds what a call that makes something answered. */
function isAnswered(binding: Binding, survey: Survey): boolean {
  const known = ofSurvey(answers, survey)
  let found = known.get(binding)
  if (found === undefined) {
    found = [...withHeld([binding])].some(
      (one) => one.kind === 'value' && ts.isExpression(one.node) && answersMade(one.node, survey),
    )
    known.set(binding, found)
  }
  return found
}

function answersMade(value: TS.Expression, survey: Survey): boolean {
  return !isFunction(value) && survey.reaches(value, makesAnew) !== null
}

function makingsIn(body: TS.Node, survey: Survey): Makings {
  const known = ofSurvey(makings, survey)
  let found = known.get(body)
  if (!found) {
    known.set(body, (found = new Map()))
    for (const node of callsIn(body)) {
      const targets = targetsMadeBy(node, survey)
      if (targets.length === 0) continue
      const named = node.arguments.flatMap((argument) => [...bindingsIn(argument)])
      for (const binding of withHeld(named)) {
        const list = found.get(binding)
        if (list) list.push({ node, targets })
        else found.set(binding, [{ node, targets }])
      }
    }
  }
  return found
}

/** It makes something, or is a function of the project that does. */
function targetsMadeBy(call: TS.CallExpression, survey: Survey): TS.Expression[] {
  const own = survey.outboundAt(call)
  const made = (own ? [own] : survey.callsThrough(call)).filter(makesAnew)
  return made.flatMap((one) => requestTarget(one) ?? [])
}

/** With what their variables hold: `body: JSON.stringify(order)` of `const order = { id }`. */
function withHeld(start: readonly Binding[]): Set<Binding> {
  const all = new Set(start)
  let latest = [...all]
  for (let depth = 0; depth < MAX_DEPTH && latest.length > 0; depth++) {
    const next: Binding[] = []
    for (const binding of latest) {
      if (binding.kind !== 'value' || !enclosingFunction(binding.node)) continue
      for (const one of bindingsIn(binding.node)) {
        if (all.has(one)) continue
        all.add(one)
        next.push(one)
      }
    }
    latest = next
  }
  return all
}

function bindingsIn(node: TS.Node): Set<Binding> {
  let found = held.get(node)
  if (!found) {
    found = new Set(isFunction(node) ? [] : variablesIn(node).flatMap((name) => bindingOf(name) ?? []))
    held.set(node, found)
  }
  return found
}

function ofSurvey<Key, Value>(all: WeakMap<Survey, Map<Key, Value>>, survey: Survey): Map<Key, Value> {
  let found = all.get(survey)
  if (!found) all.set(survey, (found = new Map<Key, Value>()))
  return found
}
