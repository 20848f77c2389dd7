/** What the inhibitions of a tree of routes do to urgent alerts. */
import type { AlertRule } from '../../facts/alert.js'
import type { Inhibition, RoutingNode } from '../../facts/routing.js'
import { isUpsideDown, whyItNeverActs } from '../../system/alerts/inhibitions.js'
import { allOf, valueOf } from '../../system/alerts/routed-alerts.js'
import { names, type Routed } from './routed.js'

export function inhibitionFields(routed: Routed): {
  fields: object
  places: Record<string, Inhibition | undefined>
} {
  const { routing, model } = routed
  const { inhibitions } = routing
  const silencing = inhibitions.filter((rule) => silences(rule, routed))
  const confused = inhibitions.flatMap((rule) => confusedBy(rule, routed))
  const acting = inhibitions.filter((rule) => whyItNeverActs(rule) === null)
  const inverted = acting.filter((rule) => isUpsideDown(rule, model.policies.routing))
  const idle = inhibitions.filter((rule) => !acting.includes(rule))
  return {
    fields: {
      inhibitions: inhibitions.length,
      silencing: silencing.map(({ targets }) => targets.map(asWritten).join(', ')),
      silencedByOne: silencing.length > 0 && silencing.every(({ sources }) => sources.some(namesOneAlert)),
      confused: names(confused.map(({ text }) => text)),
      inverted: inverted.map(asSentence),
      invertedByOne: inverted.length > 0 && inverted.every(({ sources }) => sources.some(namesOneAlert)),
      idleInhibitions: idle.map((rule) => `${asSentence(rule)}: ${whyItNeverActs(rule)}`),
    },
    places: {
      silencing: silencing[0] ?? confused[0]?.rule,
      inverted: inverted[0],
      idleInhibition: idle[0],
    },
  }
}

/** Without `equal`, one alert anywhere silences urgent ones about everything else. */
function silences({ sources, targets, equal }: Inhibition, routed: Routed): boolean {
  const { urgent, model } = routed
  const { external } = model.watch.notification
  if (isOfNamespace(routed) || equal.length > 0 || targets.length === 0) return false
  return urgent.some(
    (alert) => allOf(targets, alert, external) === 'yes' && allOf(sources, alert, external) !== 'yes',
  )
}

/** Urgent alerts that lack all labels of `equal`, as the alert lacks them that silences them: none is as good as the same. */
function confusedBy(rule: Inhibition, routed: Routed): { rule: Inhibition; text: string }[] {
  const { alerts, urgent, model } = routed
  const { external } = model.watch.notification
  const { sources, targets, equal, isReadable } = rule
  if (isOfNamespace(routed) || equal.length === 0 || targets.length === 0 || !isReadable) return []
  const lacksAll = (alert: AlertRule): boolean =>
    equal.every((label) => valueOf(label, alert, external) === '')
  const silencer = alerts.find((alert) => allOf(sources, alert, external) === 'yes' && lacksAll(alert))
  if (!silencer) return []
  return urgent
    .filter((alert) => alert.name !== silencer.name && lacksAll(alert))
    .filter((alert) => allOf(targets, alert, external) === 'yes' && allOf(sources, alert, external) === 'no')
    .map(({ name }) => ({
      rule,
      text: `${silencer.name} inhibits ${name}: neither has ${equal.join(' or ')}`,
    }))
}

/** The operator adds the namespace to what a part asks for, unless it is told not to. */
function isOfNamespace({ routing, model }: Routed): boolean {
  return routing.isPart && model.watch.notification.useOf(routing).ofNamespace !== 'no'
}

/** As of the root cause of everything else. */
function namesOneAlert({ label, operator }: RoutingNode['matchers'][number]): boolean {
  return label === 'alertname' && operator === '='
}

function asSentence({ sources, targets }: Inhibition): string {
  const written = (matchers: RoutingNode['matchers']): string =>
    matchers.length === 0 ? 'any alert' : matchers.map(asWritten).join(', ')
  return `${written(sources)} inhibits ${written(targets)}`
}

export function asWritten({ label, operator, value }: RoutingNode['matchers'][number]): string {
  return `${label}${operator}"${value}"`
}
