/** Rules of VirtualServices and routes as subjects: what proxies do to the traffic of some hosts. */
import type { NetworkService } from '../../facts/kubernetes.js'
import type { TrafficRoutes, TrafficRule } from '../../facts/mesh.js'
import { formatSource } from '../../facts/source.js'
import { meshKnowledge } from '../../knowledge/manifests/mesh.js'
import type { Component } from '../../system/component.js'
import { isWhole } from '../../system/manifests/manifest-objects.js'
import type { Model } from '../../system/model.js'
import { patch } from '../../system/manifests/overrides.js'
import { retryingOf } from '../../system/mesh/traffic.js'
import type { Subject } from '../subject.js'
import { destinationFields } from './destinations.js'
import { objectSubject } from './object.js'

export function trafficRuleSubjects(model: Model): Subject[] {
  return model.manifests.objects.trafficRoutes
    .filter(isWhole)
    .flatMap((routes) => routes.rules.map((rule) => ruleSubject(rule, routes, model)))
}

function ruleSubject(rule: TrafficRule, routes: TrafficRoutes, model: Model): Subject {
  const { manifests, system, traffic } = model
  const services = rule.destinations.flatMap(({ host }) => traffic.servicesAt(host, routes) ?? [])
  const callees = componentsOf(services, system.components)
  const subject = objectSubject('trafficrule', routes, callees[0], manifests)
  const piece = manifests.patchOfTraffic(routes)
  const at = { ...rule.at, ...(rule.faults[0] && { fault: rule.faults[0].source }) }
  return {
    ...subject,
    identity: `${subject.identity}/${rule.label}`,
    partOf: subject.identity,
    label: `${subject.label}, ${rule.label}`,
    source: rule.source,
    at,
    decidedElsewhere: piece
      ? Object.fromEntries(Object.keys(at).map((part) => [part, patch(piece.source)]))
      : {},
    fields: {
      name: routes.name,
      kind: routes.kind,
      rule: rule.label,
      marked: rule.isMarked,
      faults: rule.faults.map(({ effect, percent }) => `${effect} in ${percent} % of the requests`),
      otherWritings: traffic.otherWritings(routes).map(({ source }) => formatSource(source)),
      rendered: isRendered(routes, model),
      ...timeFields(rule),
      ...methodFields(rule, callees),
      ...destinationFields(rule, routes, model),
    },
  }
}

/** Where kustomizations render the manifests, what none of them names is not known to be deployed. */
function isRendered(routes: TrafficRoutes, { manifests }: Model): boolean {
  const { objects, kustomizations } = manifests
  return (
    objects.kustomizations.length === 0 || kustomizations.deploymentsOf(routes).some(({ by }) => by !== null)
  )
}

function componentsOf(services: NetworkService[], components: Component[]): Component[] {
  return components.filter((component) => component.services.some((service) => services.includes(service)))
}

function timeFields(rule: TrafficRule): object {
  const retrying = retryingOf(rule)
  const { timeoutSeconds } = rule
  const tries = retrying === null ? 1 : retrying.tries
  const trySeconds = retrying?.trySeconds ?? null
  const oneTry = trySeconds ?? timeoutSeconds
  return {
    timeoutSeconds,
    trySeconds,
    tries,
    retried: retrying !== null,
    retriesSlow: retrying?.slow ?? false,
    conditions: retrying?.conditions ?? [],
    unknownConditions: retrying?.unknown ?? [],
    afterWork: retrying?.worked ?? [],
    needSeconds: tries === null || oneTry === null ? null : rounded(tries * oneTry),
    wholeTries:
      timeoutSeconds === null || oneTry === null ? null : Math.floor(rounded(timeoutSeconds / oneTry)),
  }
}

/** Durations are sums of decimal fractions. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6
}

/** Methods whose requests must not simply be repeated, as far as the rule names methods. */
function methodFields({ methods }: TrafficRule, callees: Component[]): object {
  const { repeatableMethods } = meshKnowledge()
  return {
    unsafe: methods?.filter((method) => !repeatableMethods.includes(method)) ?? [],
    methodsKnown: methods !== null,
    repeatsRecognised: callees.some(({ practices }) =>
      practices.some(({ pattern, state }) => pattern === 'idempotency-key' && state === 'present'),
    ),
  }
}
