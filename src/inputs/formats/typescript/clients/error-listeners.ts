/** Listeners for the error events of clients: attached to the client, in a function that it is handed to, or by what takes it over. */
import type { Guard } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Library } from '../../../../knowledge/libraries.js'
import type { Made } from '../values/callees.js'
import { explicit, plain } from '../values/guard-values.js'
import type { HandedClients } from './handed-clients.js'
import { isListener, mayBeListener } from '../values/listeners.js'
import type { PackageManifest } from '../modules/manifests.js'
import { endBy, processHandlers, type ProcessHandler } from '../survey/process-handlers.js'
import type { Survey } from '../survey/survey.js'
import {
  bare,
  calleeName,
  enclosingFunction,
  LISTENING,
  some,
  sourceOf,
  ts,
  walk,
  type TS,
} from '../syntax/syntax.js'

type Errors = NonNullable<Library['errorListener']>

/** What one file assigns to a property of clients: to which ones, and whether also to something that could not be followed. */
interface Assigned {
  listeners: Map<Made, TS.Expression>
  isOpen: boolean
}

export class ErrorListeners {
  #handlers: ProcessHandler[] | undefined
  readonly #attached = new Map<string, Map<Made, TS.CallExpression>>()
  readonly #assigned = new Map<string, Assigned>()

  #ofUnnamed: Set<Made> | undefined

  constructor(
    readonly survey: Survey,
    readonly handed: HandedClients,
  ) {}

  /** Whether the client has a listener for its error event, wherever it is attached. */
  of(errors: Errors, made: Made): Guard {
    const { event, reason, property } = errors
    const assigned = property === undefined ? null : this.#assignedFor(made.getSourceFile(), property)
    const listener = this.#attachedFor(event).get(made) ?? assigned?.listeners.get(made)
    if (listener)
      return { ...explicit(`a listener for \`${event}\` is attached`), source: sourceOf(listener) }
    if (isEndedAtOnce(made))
      return explicit('the function that creates the client closes it: none stays idle')
    if (this.#unnamed(made, event))
      return {
        ...plain('unknown', 'a listener is attached for an event whose name is not written there'),
        source: sourceOf(made),
      }
    const guard =
      this.#mayListen(made.getSourceFile(), event) || assigned?.isOpen || this.handed.isOutOfSight(made)
        ? plain('unknown', 'the client is passed on, and a listener may be attached elsewhere')
        : (this.#caughtByProcess(errors, made) ??
          plain('absent', `${reason}; no listener for \`${event}\` was found`))
    return { ...guard, source: sourceOf(made) }
  }

  /** A handler of the whole process gets what the event throws, and the process does not end by it. */
  #caughtByProcess({ event, ends, rejects, interrupts }: Errors, made: Made): Guard | null {
    this.#handlers ??= processHandlers(this.survey).filter((one) => endBy(this.survey, one) !== 'ends')
    const handler = this.#handlers.find(
      (one) => (rejects || one.event === 'uncaughtException') && this.#mayShareProcess(one.call, made),
    )
    if (!ends || !handler) return null
    const { path, line } = sourceOf(handler.call)
    const catches = `nothing listens for \`${event}\`, and the handler of ${handler.event} in ${path}:${line} gets it`
    if (endBy(this.survey, handler) !== 'goes on')
      return plain('unknown', `${catches}: does the process continue?`)
    return interrupts === undefined
      ? plain('unknown', `${catches} and continues: does the client still work afterwards?`)
      : plain('absent', `${catches} and continues, but ${interrupts}`)
  }

  /** Of one package, or of two of which one uses the other. */
  #mayShareProcess(one: TS.Node, other: TS.Node): boolean {
    const [a, b] = [one, other].map((node) => this.survey.modules.packageOf(node.getSourceFile().fileName))
    return a === b || (!!a && !!b && (this.#uses(a, b) || this.#uses(b, a)))
  }

  #uses(user: PackageManifest, used: PackageManifest): boolean {
    const found = new Set([user])
    for (const { dependencies } of found)
      for (const one of this.survey.modules.packages) if (one.name in dependencies) found.add(one)
    return found.has(used)
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

  #assignedFor(file: TS.SourceFile, property: string): Assigned {
    const key = `${property} ${file.fileName}`
    let assigned = this.#assigned.get(key)
    if (!assigned) {
      const owners = assignedIn(file, property)
      const listeners = new Map(owners.flatMap((to) => this.handed.makersOf(to).map((made) => [made, to])))
      assigned = { listeners, isOpen: owners.some((to) => this.#isOpen(to)) }
      this.#assigned.set(key, assigned)
    }
    return assigned
  }

  /** `client.on(event, log)`: the event may be the one for errors. */
  #unnamed(made: Made, event: string): boolean {
    this.#ofUnnamed ??= new Set(
      LISTENING.flatMap((name) => this.survey.callsNamed(name))
        .filter((call) => mayBeListener(call, event, this.survey.resolver))
        .flatMap((call) =>
          ts.isPropertyAccessExpression(call.expression)
            ? this.handed.makersOf(call.expression.expression)
            : [],
        ),
    )
    return this.#ofUnnamed.has(made)
  }

  /** An `on(event)` of something in the file that could not be followed, as that of a loop. */
  #mayListen(file: TS.SourceFile, event: string): boolean {
    return some(
      file,
      (node) =>
        ts.isCallExpression(node) && isListener(node, event) && this.#isOpen(node.expression.expression),
    )
  }

  #isOpen(client: TS.Expression): boolean {
    const { kind } = this.survey.resolver.resolve(client)
    const isOfOthers = kind === 'parameter' || kind === 'unknown'
    return isOfOthers && this.handed.makersOf(client).length === 0
  }
}

/** What is given a listener by assignment: `socket.onerror = log` and `socket['onerror'] ??= log` give `socket`. */
function assignedIn(file: TS.SourceFile, property: string): TS.Expression[] {
  const found: TS.Expression[] = []
  walk(file, (node) => {
    if (!ts.isBinaryExpression(node) || !ASSIGNING.has(node.operatorToken.getText())) return
    const { left, right } = node
    if (isNothing(right)) return
    const isNamed =
      (ts.isPropertyAccessExpression(left) && left.name.text === property) ||
      (ts.isElementAccessExpression(left) &&
        ts.isStringLiteralLike(left.argumentExpression) &&
        left.argumentExpression.text === property)
    if (isNamed) found.push(left.expression)
  })
  return found
}

const ASSIGNING = new Set(['=', '??=', '||='])

const isNothing = (node: TS.Expression): boolean => ['null', 'undefined'].includes(bare(node).getText())

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
