/** Listeners for the error events of clients: attached to the client, in a function that it is handed to, or by what takes it over. */
import type { Guard } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Library } from '../../../../knowledge/libraries.js'
import type { Made } from '../values/callees.js'
import { explicit, plain } from '../values/guard-values.js'
import type { HandedClients } from './handed-clients.js'
import { isListener } from '../values/listeners.js'
import { packageOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import {
  bare,
  calleeName,
  enclosingFunction,
  LISTENING,
  some,
  sourceOf,
  ts,
  type TS,
} from '../syntax/syntax.js'

export class ErrorListeners {
  readonly #attached = new Map<string, Map<Made, TS.CallExpression>>()

  constructor(
    readonly survey: Survey,
    readonly handed: HandedClients,
  ) {}

  /** Whether the client has a listener for its error event, wherever it is attached. */
  of({ event, reason, rejects }: NonNullable<Library['errorListener']>, made: Made): Guard {
    const listener = this.#attachedFor(event).get(made)
    if (listener)
      return { ...explicit(`a listener for \`${event}\` is attached`), source: sourceOf(listener) }
    if (isEndedAtOnce(made)) return explicit('the function that makes the client ends it: none stays idle')
    if (rejects && this.#handlesRejections(made))
      return {
        ...plain(
          'unknown',
          `nothing listens for \`${event}\`, and what handles rejections gets it: does it go on?`,
        ),
        source: sourceOf(made),
      }
    const guard =
      this.#mayListen(made.getSourceFile(), event) || this.handed.isOutOfSight(made)
        ? plain('unknown', 'the client is handed on, and a listener may be attached elsewhere')
        : plain('absent', `${reason}; no listener for \`${event}\` was found`)
    return { ...guard, source: sourceOf(made) }
  }

  /** `process.on('unhandledRejection', log)` in its package. */
  #handlesRejections(made: Made): boolean {
    const folder = packageOf(this.survey, made)
    return LISTENING.flatMap((name) => this.survey.callsNamed(name)).some(
      (call) => isListener(call, 'unhandledRejection') && packageOf(this.survey, call) === folder,
    )
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

/** Made, used and ended in one function, which gives it to nobody: nothing but its own calls stands between. */
function isEndedAtOnce(made: Made): boolean {
  const { parent } = made
  const owner = enclosingFunction(made)
  if (!owner || !ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false
  const name = parent.name.text
  let isEnded = false
  const isKept = some(owner, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name || node === parent.name) return false
    const call = callOn(node)
    if (!call || !isWithinOwnCalls(call, owner, name)) return true
    if (codeWords().endsClients.test(calleeName(call))) isEnded = true
    return false
  })
  return isEnded && !isKept
}

/** The call of a method on a client: `pool.end()`. */
function callOn(client: TS.Identifier): TS.CallExpression | null {
  const { parent } = client
  const isCalled =
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === client &&
    ts.isCallExpression(parent.parent)
  return isCalled && parent.parent.expression === parent ? parent.parent : null
}

/** In the function itself or in what its calls on the client call back, not in what may run much later. */
function isWithinOwnCalls(node: TS.Node, owner: TS.Node, name: string): boolean {
  for (let around = enclosingFunction(node); around && around !== owner; around = enclosingFunction(around)) {
    const { parent } = around
    const callee = ts.isCallExpression(parent) ? bare(parent.expression) : null
    if (!callee || !ts.isPropertyAccessExpression(callee) || callee.expression.getText() !== name)
      return false
  }
  return true
}
