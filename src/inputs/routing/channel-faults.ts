/** Integrations of a receiver that lack what they cannot do without. */
import { routingFields } from '../../knowledge/routing-fields.js'
import type { Field } from '../field.js'
import type { Fault } from './refusals.js'

const GLOBAL = 'global.'

export function channelFaults(receiver: Field, global: Field): Fault[] {
  return Object.entries(routingFields().needs).flatMap(([kind, needs]) =>
    receiver
      .get(`${kind}_configs`)
      .items()
      .flatMap((channel) =>
        needs
          .filter((keys) => !keys.some((key) => isWritten(key, channel, global)))
          .map((keys) => ({ field: channel, message: `${kind}_configs lacks ${namesOf(keys)}` })),
      ),
  )
}

function isWritten(key: string, channel: Field, global: Field): boolean {
  const field = key.startsWith(GLOBAL) ? global.get(key.slice(GLOBAL.length)) : channel.get(key)
  return field.exists && field.value !== ''
}

/** The first one, and where it may stand for all. */
function namesOf([own, ...others]: string[]): string {
  const shared = others.find((key) => key.startsWith(GLOBAL))
  return shared === undefined ? own! : `${own}, and there is no ${shared}`
}
