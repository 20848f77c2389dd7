/** Which of the calls that a library knows a method is. */
import type { CallShape, Library } from '../../../knowledge/libraries.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { ts, type TS } from './syntax.js'

/** `client.get` belongs to the client but is not the client. */
export function isMember(callee: TS.Expression, library: Library): boolean {
  return (
    ts.isPropertyAccessExpression(callee) &&
    library.calls.some(({ methods }) => methods.includes('*') || methods.includes(callee.name.text))
  )
}

export function shapeFor(library: Library, method: string): CallShape | null {
  const exact = library.calls.find(({ methods }) => methods.includes(method))
  if (exact || method === '') return exact ?? null
  const isEmitters = library.errorListener !== undefined && codeWords().emitterMethods.test(method)
  return library.ignores.includes(method) || isEmitters
    ? null
    : (library.calls.find(({ methods }) => methods.includes('*')) ?? null)
}
