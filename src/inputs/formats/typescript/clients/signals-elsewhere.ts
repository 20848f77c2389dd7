/** Calls that were not followed to a client, but are made under its name, and are given a signal: they may be all its calls. */
import { plain } from '../values/guard-values.js'
import type { Made } from '../values/callees.js'
import type { ClientSeen } from '../survey/client-seen.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { bare, some, textOf, ts, type TS } from '../syntax/syntax.js'
import type { Guards } from '../survey/wrappers.js'

const PATTERN = 'http-timeout'

/** Of a client whose calls were followed, these say it; so do the settings of one whose calls take no signal. */
export function unlessSignalled(
  guards: Guards,
  { library }: ClientSeen,
  made: Made,
  calls: OutboundCall[],
  survey: Survey,
): Guards {
  const takesSignal = library.standsFor !== undefined && library.guards[PATTERN]?.signal
  if (!takesSignal || calls.length > 0 || guards[PATTERN]?.state !== 'absent') return guards
  const name = nameOf(made)
  const isSignalled = survey.files.some(({ calls: all }) =>
    all.some((call) => isOn(call, name) && givesSignal(call)),
  )
  if (name !== null && !isSignalled) return guards
  const reason =
    name === null
      ? 'where the client is used was not followed: do its calls pass a signal?'
      : `some calls of \`${name}\` pass a signal: do all of them, and does a timeout abort it?`
  return { ...guards, [PATTERN]: plain('unknown', reason) }
}

/** Of the variable, field or property that the client is given to. */
function nameOf(made: Made): string | null {
  let at: TS.Node = made
  while (
    ts.isExpression(at.parent) &&
    !ts.isBinaryExpression(at.parent) &&
    !ts.isObjectLiteralExpression(at.parent)
  ) {
    if (ts.isCallExpression(at.parent) || ts.isNewExpression(at.parent)) return null
    at = at.parent
  }
  const { parent } = at
  if (ts.isBinaryExpression(parent)) return lastName(parent.left)
  const isNamed =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)
  return isNamed && !ts.isObjectBindingPattern(parent.name) ? textOf(parent.name) : null
}

function lastName(expression: TS.Expression): string | null {
  const node = bare(expression)
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  return ts.isIdentifier(node) ? node.text : null
}

/** `ctx.agent.api.get(…)` is on `agent`. */
function isOn(call: TS.CallExpression, name: string | null): boolean {
  let at = bare(call.expression)
  while (ts.isPropertyAccessExpression(at)) {
    at = bare(at.expression)
    if (lastName(at) === name) return true
  }
  return false
}

function givesSignal({ arguments: given }: TS.CallExpression): boolean {
  return given.some((argument) => some(argument, (node) => ts.isIdentifier(node) && node.text === 'signal'))
}
