/** Whether something starts with the process, and so again after a restart. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { enclosingFunction, symbolOf, ts, type TS } from '../syntax/syntax.js'

/** Outside of functions, in a constructor, or in a function whose name says so. */
export function startsWithProcess(node: TS.Node): boolean {
  const around = enclosingFunction(node)
  if (!around) return true
  const name = ts.isConstructorDeclaration(around) ? 'constructor' : (symbolOf(node).split('.').at(-1) ?? '')
  return codeWords().startsWithProcess.test(name)
}
