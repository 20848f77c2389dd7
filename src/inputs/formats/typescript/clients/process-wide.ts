/** Settings that hold for more than one call: global dispatchers, library-wide defaults. */
import type { Guard } from '../../../../facts/code.js'
import type { GuardFacts } from '../../../../knowledge/libraries/guards.js'
import type { Library } from '../../../../knowledge/libraries.js'
import type { Survey } from '../survey/survey.js'
import { sourceOf, ts, type TS } from '../syntax/syntax.js'
import { findOption } from '../values/options.js'

/** The guard given by a setter anywhere in the package of a node. */
export function processWide(facts: GuardFacts, library: Library, at: TS.Node, survey: Survey): Guard | null {
  const { setters } = facts
  if (setters.length === 0) return null
  const folder = folderOf(at, survey)
  const found =
    survey
      .assignmentsTo(setters.map((name) => name.slice(name.lastIndexOf('.') + 1)))
      .find(
        ({ left }) =>
          setters.some((name) => left.getText().endsWith(`.${name}`)) && folderOf(left, survey) === folder,
      ) ??
    setters
      .flatMap((name) => survey.callsNamed(name))
      .find((call) => sets(call, facts, library, survey) && folderOf(call, survey) === folder)
  return found
    ? {
        state: 'present',
        tier: 'explicit',
        value: null,
        unit: null,
        reason: 'it is set for the whole process',
        source: sourceOf(found),
      }
    : null
}

/** A function of a library, or a method of this library's client. */
function sets(call: TS.CallExpression, facts: GuardFacts, library: Library, survey: Survey): boolean {
  if (call.arguments.some((argument) => isWithout(argument, facts, survey))) return false
  if (
    ts.isPropertyAccessExpression(call.expression) &&
    survey.shapes.clientOf(call.expression.expression)?.library === library
  )
    return true
  return survey.resolver.resolve(call.expression).kind === 'library'
}

/** `setGlobalDispatcher(new ProxyAgent(url))`: what is set is seen made, and bounds nothing. */
function isWithout(argument: TS.Expression, { options }: GuardFacts, survey: Survey): boolean {
  const found = survey.resolver.resolve(argument)
  if (found.kind !== 'value' || found.or || !ts.isNewExpression(found.node)) return false
  const { arguments: given = [] } = found.node
  const effective = options.filter(({ inert }) => inert === undefined)
  return effective.every(({ option }) => {
    const name = option?.split('.').at(-1)
    // Each by itself: options beside an agent that is itself made say nothing of what that one is made with.
    return (
      name !== undefined && given.every((one) => findOption([one], name, survey.resolver).state === 'none')
    )
  })
}

function folderOf(node: TS.Node, survey: Survey): string {
  return survey.modules.packageOf(node.getSourceFile().fileName)?.folder ?? ''
}
