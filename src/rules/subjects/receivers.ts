/** Receivers as subjects: which urgent alerts come to them, and what becomes of those. */
import type { AlertRule } from '../../facts/alert.js'
import type { Endpoint } from '../../facts/code.js'
import { listAt } from '../../facts/grouped.js'
import type { NetworkService } from '../../facts/kubernetes.js'
import type { Receiver } from '../../facts/routing.js'
import { isMuted, isSilent, type Answer, type Notified } from '../../system/alerts/notification.js'
import { webhookAddress, type WebhookAddress } from '../../system/alerts/webhook-addresses.js'
import type { Subject } from '../subject.js'
import { identityOf, names, placesOf, type Routed } from './routed.js'

export function receiverSubjects(routed: Routed): Subject[] {
  const { routing, model } = routed
  const coming = new Map<Receiver, AlertRule[]>()
  for (const alert of routed.urgent)
    for (const { isCertain, receiver } of routed.of(alert))
      if (isCertain && receiver) listAt(coming, receiver).push(alert)
  const identity = identityOf(routing, model.watch.notification.routings)
  return routing.receivers.map((receiver) =>
    receiverSubject(receiver, `${identity}#${receiver.name}`, coming.get(receiver) ?? [], routed),
  )
}

function receiverSubject(receiver: Receiver, identity: string, urgent: AlertRule[], routed: Routed): Subject {
  const { notification } = routed.model.watch
  // Further down the routes above decide as well.
  const nodes = routed.routing.root.routes.filter(
    (node) => node.receiver === receiver.name && routed.nodes.includes(node),
  )
  const pages = urgent.map((alert) => ({ alert, answer: pagesFor(alert, routed) }))
  const muted = urgent.filter((alert) => everywhere(alert, routed).every(isMuted))
  const onlyHere = muted.filter((alert) => everywhere(alert, routed).length === 1)
  const silent = onlyHere.flatMap((alert) => routed.of(alert)).map(({ node }) => node)
  const addresses = addressesOf(receiver, routed)
  return {
    kind: 'receiver',
    identity,
    label: `receiver ${receiver.name}`,
    component: null,
    source: receiver.source,
    at: placesOf({ muted: silent[0] }),
    ignores: routed.routing.ignores,
    fields: {
      name: receiver.name,
      isWhole: routed.isWhole,
      channels: names(receiver.channels.map(({ kind }) => notification.titleOf(kind))),
      forUrgent: nodes.some((node) => notification.isForUrgent(node)),
      urgentAlerts: named(urgent),
      untold: named(urgent.filter((alert) => notification.tells(alert) === 'no')),
      pages: worstOf(pages.map(({ answer }) => answer)),
      unpaged: named(pages.flatMap(({ alert, answer }) => (answer === 'no' ? [alert] : []))),
      mutedUrgent: named(onlyHere),
      alwaysMuted:
        onlyHere.length > 0 && onlyHere.every((alert) => everywhere(alert, routed).every(isSilent)),
      perhapsMuted: named(muted.filter((alert) => !onlyHere.includes(alert))),
      muteTimes: names(silent.flatMap(({ mutedIn, activeIn }) => [...mutedIn, ...activeIn])),
      servedPaths: addressed(addresses, 'yes', pathOf),
      lostAddresses: addressed(addresses, 'no', ({ component, port }) => `port ${port} of ${component.name}`),
      openPaths: addressed(addresses, 'unknown', openPath),
    },
    places: (pattern) =>
      pattern === 'alert-path'
        ? [
            { source: receiver.source, message: `the receiver ${receiver.name}` },
            ...addresses.flatMap(({ isServed, services }) =>
              isServed === 'no'
                ? services.map((service) => ({
                    source: service.at.ports ?? service.source,
                    message: portsOf(service),
                  }))
                : [],
            ),
            ...addresses.flatMap(({ component, near }) =>
              near.map((endpoint) => ({
                source: endpoint.source,
                message: `${component.name} answers ${askedOf(endpoint)}`,
              })),
            ),
          ]
        : [],
  }
}

/** Where its webhooks lead inside the system, if a route sends anything to it. */
function addressesOf(receiver: Receiver, { nodes, model }: Routed): WebhookAddress[] {
  if (!nodes.some((node) => node.receiver === receiver.name)) return []
  return receiver.channels.flatMap((channel) => webhookAddress(channel, model.watch.fate) ?? [])
}

function addressed(
  addresses: WebhookAddress[],
  isServed: Answer,
  words: (address: WebhookAddress) => string,
): string[] {
  return names(addresses.filter((address) => address.isServed === isServed).map(words))
}

function pathOf({ component, path }: WebhookAddress): string {
  return `POST ${path} of ${component.name}`
}

/** With what answers the same under another prefix: of a slip it is the likeliest. */
function openPath(address: WebhookAddress): string {
  const near = names(address.near.map(askedOf))
  return near.length === 0 ? pathOf(address) : `${pathOf(address)} (only for ${near.join(', ')})`
}

function askedOf({ method, path }: Endpoint): string {
  return `${method === 'ALL' ? 'any method of' : method} ${path}`
}

function portsOf({ name, ports }: NetworkService): string {
  return `the Service ${name} has ${ports.map(({ port }) => `port ${port}`).join(', ')}`
}

/** In this tree, and in the parts that come on top of it. */
function everywhere(alert: AlertRule, { routing, model }: Routed): Notified[] {
  return model.watch.notification.of(alert).filter((one) => one.routing === routing || one.routing.isPart)
}

/** Whether an alert wakes a person, here or at another receiver that it comes to. */
function pagesFor(alert: AlertRule, routed: Routed): Answer {
  const { notification } = routed.model.watch
  const all = everywhere(alert, routed)
  const certain = all.filter(({ isCertain }) => isCertain)
  if (notification.pages(certain.map(({ receiver }) => receiver)) === 'yes') return 'yes'
  return notification.pages(all.map(({ receiver }) => receiver)) === 'no' ? 'no' : 'unknown'
}

function worstOf(answers: Answer[]): Answer {
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes'
}

function named(alerts: AlertRule[]): string[] {
  return names(alerts.map(({ name }) => name))
}
