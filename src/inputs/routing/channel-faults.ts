/** Integrations of a receiver that lack what they cannot do without. */
import { routingFields } from '../../knowledge/alerts/alerting-fields.js'
import type { Field } from '../field.js'
import { keysOf } from '../promql/durations.js'
import { placeholderIn } from '../promql/placeholders.js'
import type { Fault } from './fault.js'

const GLOBAL = 'global.'

export function channelFaults(receiver: Field, global: Field): Fault[] {
  const hosts = receiver
    .get('email_configs')
    .items()
    .map((mail) => mail.get('smarthost'))
  return [...lacking(receiver, global), ...hosts.flatMap(smarthostFaults)]
}

/** Of a mail server, with its port. */
export function smarthostFaults(field: Field): Fault[] {
  const host = typeof field.value === 'string' ? field.value : ':'
  const isLater = /^[A-Z_]+$/.test(host) || placeholderIn(host, 'anywhere') !== null
  return host.includes(':') || isLater ? [] : [{ field, message: 'the mail server has no port, as host:587' }]
}

function lacking(receiver: Field, global: Field): Fault[] {
  return Object.entries(routingFields().needs).flatMap(([kind, needs]) =>
    receiver
      .get(`${kind}_configs`)
      .items()
      .flatMap((channel) =>
        needs
          .filter((keys) => !keys.some((key) => isWritten(key, channel, global)))
          .map((keys) => ({
            field: channel,
            message: `${kind}_configs lacks ${namesOf(keys)}`,
            ...filledInLater(keys, channel, global),
          })),
      ),
  )
}

function isWritten(key: string, channel: Field, global: Field): boolean {
  const field = key.startsWith(GLOBAL) ? global.get(key.slice(GLOBAL.length)) : channel.get(key)
  return field.exists && field.value !== ''
}

/** Why it may be there when the file is read. */
function filledInLater(keys: string[], channel: Field, global: Field): Pick<Fault, 'doubt'> {
  const placeholder = keysOf(channel).find((key) => placeholderIn(key, 'anywhere') !== null)
  if (placeholder !== undefined) return { doubt: 'a placeholder is there, which may become it' }
  const own = [...channel.remarks, ...global.remarks.map((key) => GLOBAL + key)]
  const remarked = keys.find((key) => own.includes(key))
  return remarked === undefined
    ? {}
    : { doubt: `${remarked} is in a comment there, which may be substituted before the file is read` }
}

/** The first one, and where it may stand for all. */
function namesOf([own, ...others]: string[]): string {
  const shared = others.find((key) => key.startsWith(GLOBAL))
  return shared === undefined ? own! : `${own}, and there is no ${shared}`
}
