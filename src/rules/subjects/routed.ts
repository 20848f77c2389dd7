/** The alerts that were read, sent through one tree of routes. */
import type { AlertRule } from '../../facts/alert.js'
import type { AlertRouting, RoutingNode } from '../../facts/routing.js'
import type { Model } from '../../system/model.js'
import type { Notified } from '../../system/alerts/notification.js'
import { hiddenRoutes, routesIn } from '../../system/alerts/routed-alerts.js'

export class Routed {
  readonly urgent: AlertRule[]
  readonly hidden: ReturnType<typeof hiddenRoutes>
  /** Routes that are reached. */
  readonly nodes: RoutingNode[]
  readonly #known = new Map<AlertRule, Notified[]>()

  constructor(
    readonly routing: AlertRouting,
    readonly alerts: AlertRule[],
    readonly model: Model,
  ) {
    const { notification } = model.watch
    this.urgent = alerts.filter((alert) => notification.isUrgent(alert))
    this.hidden = hiddenRoutes(routing.root)
    const never = new Set(this.hidden.flatMap(({ route }) => routesIn(route)))
    this.nodes = routesIn(routing.root).filter((node) => !never.has(node))
  }

  /** It is all that an alert is routed by: no part of the operator, and none beside it. */
  get isWhole(): boolean {
    return this.model.watch.notification.routings.every(({ isPart }) => !isPart)
  }

  /** Where an alert comes to in this tree. */
  of(alert: AlertRule): Notified[] {
    let known = this.#known.get(alert)
    if (!known) {
      known = this.model.watch.notification.of(alert).filter(({ routing }) => routing === this.routing)
      this.#known.set(alert, known)
    }
    return known
  }
}

export function nameOf({ object, source }: AlertRouting): string {
  return object ?? source.path
}

/** Of several documents in one file or key, each its own. */
export function identityOf(routing: AlertRouting, all: AlertRouting[]): string {
  const same = all.filter(
    (other) => nameOf(other) === nameOf(routing) && other.source.path === routing.source.path,
  )
  return `${routing.source.path}#${nameOf(routing)}#${same.indexOf(routing)}`
}

export function names(all: string[]): string[] {
  return [...new Set(all)].sort()
}

export function placesOf(
  parts: Record<string, { source: AlertRouting['source'] } | undefined>,
): Record<string, AlertRouting['source']> {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) => (part ? [[name, part.source]] : [])),
  )
}
