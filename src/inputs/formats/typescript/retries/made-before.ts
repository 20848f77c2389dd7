/** Reads of what was made just before: that it is not there says only that it is not there yet. */
import { callersOf } from '../survey/named-callers.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { bindingOf, type Binding } from '../syntax/scope.js'
import { callsIn, enclosingFunction, isFunction, ts, walk, type TS } from '../syntax/syntax.js'
import { isWrite } from '../effects/writes.js'

/** Functions to which a name is given, and objects that hold one. */
const MAX_DEPTH = 3

/** What names it in the call was answered by a write before, or sent with one. */
export function readsWhatWasMade(call: OutboundCall, survey: Survey): boolean {
  if (isWrite(call)) return false
  const names = call.node.arguments.flatMap((argument) => namesIn(argument))
  return names.some((name) => isMadeBefore(name, call.node, survey))
}

function isMadeBefore(name: TS.Identifier, at: TS.Node, survey: Survey, depth = 0): boolean {
  const binding = bindingOf(name)
  if (binding?.kind === 'parameter')
    return depth < MAX_DEPTH && isMadeByCallers(binding.node, survey, depth + 1)
  if (binding?.kind !== 'value') return false
  // What the whole module knows, as an address, was not made for this.
  const owner = enclosingFunction(binding.node)
  if (!owner?.body) return false
  if (survey.reaches(binding.node, isWrite) !== null) return true
  return callsIn(owner.body).some(
    (before) => before.end <= at.pos && mentions(before.arguments, binding) && writes(before, survey),
  )
}

function isMadeByCallers(parameter: TS.ParameterDeclaration, survey: Survey, depth: number): boolean {
  const owner = parameter.parent
  if (!isFunction(owner)) return false
  const index = owner.parameters.indexOf(parameter)
  const callers = callersOf(owner, survey)
  const isMade = (call: TS.CallExpression): boolean => {
    const given = call.arguments[index]
    return given !== undefined && namesIn(given).some((name) => isMadeBefore(name, call, survey, depth))
  }
  return callers.length > 0 && callers.every(isMade)
}

/** It is a write, or a function of the project that makes one. */
function writes(call: TS.CallExpression, survey: Survey): boolean {
  const own = survey.outboundAt(call)
  return own ? isWrite(own) : survey.callsThrough(call).some(isWrite)
}

/** There, or in what its variables hold: `body: JSON.stringify(order)` of `const order = { id }`. */
function mentions(nodes: readonly TS.Node[], wanted: Binding, depth = 0): boolean {
  return nodes.flatMap(namesIn).some((name) => {
    const binding = bindingOf(name)
    if (binding === wanted) return true
    return binding?.kind === 'value' && depth < MAX_DEPTH && mentions([binding.node], wanted, depth + 1)
  })
}

function namesIn(root: TS.Node): TS.Identifier[] {
  const names: TS.Identifier[] = []
  walk(root, (node) => {
    if (node !== root && isFunction(node)) return false
    if (ts.isIdentifier(node)) names.push(node)
    return true
  })
  return names
}
