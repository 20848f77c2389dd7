/** What makes the client that a call goes through: seen at the call, handed in by callers, or provided by a container. */
import type { Callers } from '../survey/callers.js'
import { isSetByProvider, type Open } from './call-sites.js'
import { handedIn } from './handed-in.js'
import { HandedClients } from './handed-clients.js'
import { Injection, type Injected } from './injection.js'
import type { Made } from '../values/callees.js'
import { packageOf } from '../survey/practice.js'
import type { OutboundCall, Survey } from '../survey/survey.js'

export class Makers {
  readonly #injection: Injection
  readonly #handed: HandedClients

  constructor(
    readonly survey: Survey,
    readonly callers: Callers,
  ) {
    this.#injection = new Injection(survey)
    this.#handed = new HandedClients(survey.shapes, callers)
  }

  /** Several where callers hand in different clients; none for calls of a module itself, and where nobody is seen to make it. */
  of(call: OutboundCall): Made[] {
    const injected = this.injected(call)
    if (injected !== null) return typeof injected === 'string' ? [] : [injected.made]
    const { made, parameter, path, through, library } = call.client
    if (made) return [made]
    if (through !== 'type') return []
    const handed = parameter ? this.#handed.givenFor(parameter, path) : []
    const ofLibrary = handed.filter((maker) => this.survey.shapes.creationAt(maker)?.library === library)
    return ofLibrary.length > 0 ? ofLibrary : this.#soleOf(call)
  }

  injected({ client }: OutboundCall): Injected | null {
    if (!client.parameter) return null
    return client.through === 'likeness'
      ? handedIn(client.parameter, client.library, this.callers, this.survey.shapes)
      : this.#injection.of(client.parameter, client.library)
  }

  openFor(call: OutboundCall): Open | null {
    if (this.injected(call) !== 'unknown') return null
    const { by, through } = call.client
    if (through === 'likeness')
      return {
        reason: `\`${call.node.expression.getText()}\` is passed in: does the value passed bound the call?`,
        concerns: (facts) => facts !== undefined,
      }
    return {
      reason: `which module provides this ${by} could not be followed: with which options is it created?`,
      concerns: isSetByProvider,
    }
  }

  /** A client known by its type only belongs to the one its package makes, when there is exactly one. */
  #soleOf(call: OutboundCall): Made[] {
    const folder = packageOf(this.survey, call.node)
    const makers = this.survey.creations.flatMap(({ library, made }) =>
      made && library === call.client.library && packageOf(this.survey, made) === folder ? [made] : [],
    )
    return makers.length === 1 ? makers : []
  }
}
