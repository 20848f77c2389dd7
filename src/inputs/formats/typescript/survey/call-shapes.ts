/** Which of the calls that a library knows a method is. */
import type { CallShape, Library } from '../../../../knowledge/libraries.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { ClientSeen } from './client-seen.js'
import { ts, type TS } from '../syntax/syntax.js'

/** What a call does says its own name, or the method that began what it sends. */
export function saidBy({ begunBy }: CallShape, method: string, { derivedBy = [] }: ClientSeen): string {
  return derivedBy.findLast((name) => begunBy.includes(name)) ?? method
}

/** Whether a method of a client, or of what others of its methods gave, runs its callback in a transaction. */
export function opensTransaction({ library, derivedBy = [] }: ClientSeen, method: string): boolean {
  return library.transactions.some((known) => {
    const names = known.split('.')
    return names.pop() === method && names.every((name) => derivedBy.includes(name))
  })
}

/** `client.get` belongs to the client but is not the client. */
export function isMember(callee: TS.Expression, library: Library): boolean {
  return (
    ts.isPropertyAccessExpression(callee) &&
    library.calls.some(({ methods }) => methods.includes('*') || methods.includes(callee.name.text))
  )
}

/** `super()` makes an object as `new` does. */
export function isNew({ kind, expression }: TS.CallExpression | TS.NewExpression): boolean {
  return kind === ts.SyntaxKind.NewExpression || expression.kind === ts.SyntaxKind.SuperKeyword
}

/** Whether what a method gives stands for the client as well. */
export function derives(library: Library, method: string): boolean {
  const isAny = library.derives.includes('*') && shapeFor(library, method) === null
  return isAny || library.derives.includes(method)
}

export function derivedClient(client: ClientSeen, method: string, call: TS.CallExpression): ClientSeen {
  const { derivedBy = [], derivations = [] } = client
  return { ...client, derivedBy: [...derivedBy, method], derivations: [...derivations, call] }
}

export function shapeFor(library: Library, method: string): CallShape | null {
  const exact = library.calls.find(({ methods }) => methods.includes(method))
  if (exact || method === '') return exact ?? null
  const isEmitters = library.errorListener !== undefined && codeWords().emitterMethods.test(method)
  return library.ignores.includes(method) || isEmitters
    ? null
    : (library.calls.find(({ methods }) => methods.includes('*')) ?? null)
}
