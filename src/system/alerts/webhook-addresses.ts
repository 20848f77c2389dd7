/** Whether a component of this system answers where alerts are sent to, by its Service and the endpoints that its code shows. */
import type { Endpoint } from '../../facts/code.js'
import type { NetworkService } from '../../facts/kubernetes.js'
import type { Channel } from '../../facts/routing.js'
import type { Component } from '../component.js'
import type { AlertFate } from './alert-fate.js'
import type { Answer } from './selected-parts.js'

export interface WebhookAddress {
  component: Component
  path: string
  port: number | null
  /** `no` only where its Service has no such port: of its endpoints not all may have been seen. */
  isServed: Answer
  /** What was seen to answer nearly there: the same under another prefix. */
  near: Endpoint[]
  services: NetworkService[]
}

/** Alertmanager asks with it. */
const METHODS = ['POST', 'ALL']

/** Null of what is no webhook, leads out of the system, or to a component without code. */
export function webhookAddress(channel: Channel, fate: AlertFate): WebhookAddress | null {
  const component = channel.path === undefined ? null : fate.takerOf(channel)
  if (component === null || component === 'outside' || component.packages.length === 0) return null
  const [path, port] = [channel.path!, channel.port ?? null]
  const services = servicesOf(component, channel.host)
  const [asked, posted] = [
    partsOf(path),
    component.endpoints.filter(({ method }) => METHODS.includes(method)),
  ]
  const near = posted.filter((endpoint) => isUnderAnotherPrefix(partsOf(endpoint.path), asked))
  const found = { component, path, port, services }
  const hasPort = hasPortOf(port, services)
  if (hasPort !== 'yes') return { ...found, isServed: hasPort, near: [] }
  const isAnswered = posted.some((endpoint) => answers(partsOf(endpoint.path), asked))
  return isAnswered ? { ...found, isServed: 'yes', near: [] } : { ...found, isServed: 'unknown', near }
}

/** Whether what is sent over a channel is taken; asked for every alert of every chain. */
export function takenChannels(fate: AlertFate): (channel: Channel) => Answer {
  const known = new Map<Channel, Answer>()
  return (channel) => {
    const answer = known.get(channel) ?? webhookAddress(channel, fate)?.isServed ?? 'yes'
    known.set(channel, answer)
    return answer
  }
}

/** Of the name that the address has: other Services of the component are asked under other names. */
function servicesOf({ services }: Component, host: string | null): NetworkService[] {
  return services.filter(({ name }) => name === host?.split('.')[0])
}

/** A headless Service sends to whatever the pods listen on, and one with placeholders to what is not known. */
function hasPortOf(port: number | null, services: NetworkService[]): Answer {
  if (port === null || services.length === 0) return 'yes'
  const having = services.filter(({ ports }) => ports.some((one) => one.port === port))
  if (having.length === services.length) return 'yes'
  const areWhole = services.every(
    ({ ports, isHeadless, placeholders, type }) =>
      ports.length > 0 && !isHeadless && !placeholders && type !== 'ExternalName',
  )
  return having.length === 0 && areWhole ? 'no' : 'unknown'
}

function partsOf(path: string): string[] {
  return path.split('/').filter(Boolean)
}

const PARAMETER = /^:\w+$/
const PLAIN = /^[\w.-]+$/

/** Of a pattern it is not known what it answers. */
function answers(own: string[], asked: string[]): boolean {
  if (own.length !== asked.length) return false
  return own.every((part, index) => PARAMETER.test(part) || (PLAIN.test(part) && part === asked[index]))
}

/** One of them is the end of the other: `/alerts` and `/v1/alerts`. */
function isUnderAnotherPrefix(own: string[], asked: string[]): boolean {
  const [short, long] = own.length < asked.length ? [own, asked] : [asked, own]
  const end = long.slice(long.length - short.length)
  return short.length > 0 && short.length < long.length && short.every((part, index) => part === end[index])
}
