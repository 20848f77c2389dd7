/** Whether a component of this system answers where alerts are sent to, by the endpoints that its code shows. */
import type { Endpoint } from '../../facts/code.js'
import type { Channel } from '../../facts/routing.js'
import type { Component } from '../component.js'
import type { AlertFate } from './alert-fate.js'

export interface WebhookAddress {
  component: Component
  path: string
  /** `no` only where it serves the same under another prefix: of other endpoints not all may have been seen. */
  isServed: 'yes' | 'no' | 'unknown'
  /** What it serves instead. */
  served: Endpoint[]
}

/** Alertmanager asks with it. */
const METHODS = ['POST', 'ALL']

/** Null of what is no webhook, leads out of the system, or to a component without code. */
export function webhookAddress(channel: Channel, fate: AlertFate): WebhookAddress | null {
  const component = channel.path === undefined ? null : fate.takerOf(channel)
  if (component === null || component === 'outside' || component.packages.length === 0) return null
  const path = channel.path!
  const posted = component.endpoints.filter(({ method }) => METHODS.includes(method))
  const asked = partsOf(path)
  const answers = posted.map((endpoint) => answerOf(partsOf(endpoint.path), asked))
  const found = { component, path, served: [] }
  if (answers.includes('yes')) return { ...found, isServed: 'yes' }
  const served = posted.filter((endpoint) => isUnderAnotherPrefix(partsOf(endpoint.path), asked))
  // A container beside the service may answer in its place.
  const isOne = component.workloads.every(({ containers }) => containers.length === 1)
  if (answers.includes('unknown') || served.length === 0 || !isOne) return { ...found, isServed: 'unknown' }
  return { ...found, isServed: 'no', served }
}

/** Whether what is sent over a channel is known not to be taken; asked for every alert of every chain. */
export function lostChannels(fate: AlertFate): (channel: Channel) => boolean {
  const known = new Map<Channel, boolean>()
  return (channel) => {
    const answer = known.get(channel) ?? webhookAddress(channel, fate)?.isServed === 'no'
    known.set(channel, answer)
    return answer
  }
}

function partsOf(path: string): string[] {
  return path.split('/').filter(Boolean)
}

const PARAMETER = /^:\w+$/
const PLAIN = /^[\w.-]+$/

function answerOf(own: string[], asked: string[]): WebhookAddress['isServed'] {
  if (own.some((part) => !PLAIN.test(part) && !PARAMETER.test(part))) return 'unknown'
  if (own.length !== asked.length) return 'no'
  const answers = own.map((part, index) => {
    if (PARAMETER.test(part) || part === asked[index]) return 'yes'
    return asked[index] === '*' ? 'unknown' : 'no'
  })
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes'
}

/** One of them is the end of the other: `/alerts` and `/v1/alerts`. */
function isUnderAnotherPrefix(own: string[], asked: string[]): boolean {
  const [short, long] = own.length < asked.length ? [own, asked] : [asked, own]
  const end = long.slice(long.length - short.length)
  return short.length > 0 && short.length < long.length && short.every((part, index) => part === end[index])
}
