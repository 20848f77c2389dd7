/** Listeners for the error events of clients: attached to the client, in a function that it is handed to, or by what takes it over. */
import type { Guard } from '../../../facts/code.js'
import type { Library } from '../../../knowledge/libraries.js'
import type { Made } from './callees.js'
import { explicit, plain } from './guard-values.js'
import type { HandedClients } from './handed-clients.js'
import { isListener } from './listeners.js'
import type { Survey } from './survey.js'
import { bare, enclosingFunction, LISTENING, some, sourceOf, ts, type TS } from './syntax.js'

export class ErrorListeners {
  readonly #attached = new Map<string, Map<Made, TS.CallExpression>>()

  constructor(
    readonly survey: Survey,
    readonly handed: HandedClients,
  ) {}

  /** Whether the client has a listener for its error event, wherever it is attached. */
  of({ event, reason }: NonNullable<Library['errorListener']>, made: Made): Guard {
    const listener = this.#attachedFor(event).get(made)
    if (listener)
      return { ...explicit(`a listener for \`${event}\` is attached`), source: sourceOf(listener) }
    if (isEndedAtOnce(made)) return explicit('the function that makes the client ends it: none stays idle')
    const guard =
      this.#mayListen(made.getSourceFile(), event) || this.handed.isOutOfSight(made)
        ? plain('unknown', 'the client is handed on, and a listener may be attached elsewhere')
        : plain('absent', `${reason}; no listener for \`${event}\` was found`)
    return { ...guard, source: sourceOf(made) }
  }

  #attachedFor(event: string): Map<Made, TS.CallExpression> {
    let attached = this.#attached.get(event)
    if (!attached) {
      this.#attached.set(event, (attached = new Map()))
      for (const call of LISTENING.flatMap((name) => this.survey.callsNamed(name)))
        if (isListener(call, event))
          for (const made of this.handed.makersOf(call.expression.expression))
            if (!attached.has(made)) attached.set(made, call)
    }
    return attached
  }

  /** An `on(event)` of something in the file that could not be followed, as that of a loop. */
  #mayListen(file: TS.SourceFile, event: string): boolean {
    const { resolver } = this.survey
    return some(file, (node) => {
      if (!ts.isCallExpression(node) || !isListener(node, event)) return false
      const { expression } = node.expression
      const { kind } = resolver.resolve(expression)
      const isOpen = kind === 'parameter' || kind === 'unknown'
      return isOpen && this.handed.makersOf(expression).length === 0
    })
  }
}

const ENDS = ['end', 'quit', 'close', 'disconnect', 'destroy']

/** Made, used and ended in one function, that does not give it away. */
function isEndedAtOnce(made: Made): boolean {
  const { parent } = made
  const owner = enclosingFunction(made)
  if (!owner || !ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false
  const name = parent.name.text
  const isIt = (node: TS.Node): boolean => ts.isIdentifier(node) && node.text === name
  const isEnd = (node: TS.Node): boolean =>
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    ENDS.includes(node.expression.name.text) &&
    isIt(node.expression.expression)
  const isGivenAway = (node: TS.Node): boolean =>
    (ts.isReturnStatement(node) && node.expression !== undefined && isIt(bare(node.expression))) ||
    (ts.isBinaryExpression(node) && isIt(bare(node.right)))
  return some(owner, isEnd) && !some(owner, isGivenAway)
}
