/** What a promise gives stands for the promise itself: `connect().then(() => client)`. */
import type { Resolved } from '../modules/resolved.js'
import { isFunction, ts, type TS } from '../syntax/syntax.js'

interface Following {
  resolve(expression: TS.Expression): Resolved
  returned(node: TS.FunctionLikeDeclaration): Resolved
}

/** Of `then` what its callback gives, which may be what it is given; of `catch` and `finally` what they follow. */
export function promisedBy(call: TS.CallExpression, following: Following): Resolved | null {
  const { expression } = call
  const [argument] = call.arguments
  if (!ts.isPropertyAccessExpression(expression) || !argument) return null
  const { name } = expression
  if (name.text === 'resolve' && expression.expression.getText() === 'Promise')
    return following.resolve(argument)
  if (name.text === 'catch' || name.text === 'finally') return made(following.resolve(expression.expression))
  if (name.text !== 'then' || !isFunction(argument)) return null
  const found = following.returned(argument)
  const isItself =
    found.kind === 'parameter' && found.path.length === 0 && found.node === argument.parameters[0]
  return made(isItself ? following.resolve(expression.expression) : found)
}

/** Only what is made matters; other values are computed. */
function made(found: Resolved): Resolved | null {
  const isMade = found.kind === 'value' && (ts.isNewExpression(found.node) || ts.isCallExpression(found.node))
  return isMade || found.kind === 'instance' ? found : null
}
