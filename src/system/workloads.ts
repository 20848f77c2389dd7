/** Components seen in manifests: workloads with the Services, budgets and autoscalers that select them. */
import type { Facts } from '../facts/fact.js'
import type { Autoscaler, NetworkService, Workload } from '../facts/kubernetes.js'
import { formatSource } from '../facts/source.js'
import type { ComponentKinds } from '../knowledge/policies.js'
import { workloadKinds } from '../knowledge/workload-kinds.js'
import type { Component } from './component.js'

/** True when every label of the selector stands on the pod; an empty selector matches nothing here. */
export function selects(selector: Record<string, string> | null, labels: Record<string, string>): boolean {
  if (selector === null || Object.keys(selector).length === 0) return false
  return Object.entries(selector).every(([label, value]) => labels[label] === value)
}

/** Manifests that name no namespace are applied into the caller's: they match any. */
export function sameNamespace(a: { namespace: string }, b: { namespace: string }): boolean {
  return a.namespace === b.namespace || a.namespace === 'default' || b.namespace === 'default'
}

export function servicesOf(workload: Workload, facts: Facts): NetworkService[] {
  return facts
    .of('service')
    .filter((service) => sameNamespace(service, workload) && selects(service.selector, workload.podLabels))
}

/** True for workloads that are meant to run on; a pod that is not restarted when it ends is a task. */
export function runsOn(workload: Workload): boolean {
  const isTask =
    workload.kind === 'Pod' && (workload.restartPolicy === 'Never' || workload.restartPolicy === 'OnFailure')
  return !isTask && !workloadKinds().tasks.includes(workload.kind)
}

export function scalerOf(workload: Workload, component: Component | undefined): Autoscaler | undefined {
  return component?.autoscalers.find(
    ({ target }) => target.kind === workload.kind && target.name === workload.name,
  )
}

/** True where the number of nodes decides how many instances there are. */
export function runsPerNode(workload: Workload): boolean {
  return workloadKinds().perNode.includes(workload.kind)
}

/** The least number of instances that run: the autoscaler's minimum, else what is written; Kubernetes' default of both is 1. */
export function instancesOf(workload: Workload, component: Component | undefined): number {
  const scaler = scalerOf(workload, component)
  return scaler ? (scaler.minReplicas ?? 1) : (workload.replicas ?? 1)
}

/** Several manifests of one name (a base and a release, say) are one component. */
export function componentsOfWorkloads(facts: Facts, kinds: ComponentKinds): Component[] {
  const components = new Map<string, Component>()
  for (const workload of facts.of('workload')) {
    if (workload.fragment) continue
    const component =
      components.get(workload.name) ?? emptyComponent(workload.name, kindOfImages(workload, kinds))
    components.set(workload.name, component)
    addWorkload(component, workload, facts)
  }
  return [...components.values()]
}

export function emptyComponent(id: string, kind: string, name = id): Component {
  return {
    id,
    kind,
    name,
    aliases: [],
    tier: null,
    sources: [],
    joins: [],
    workloads: [],
    services: [],
    budgets: [],
    autoscalers: [],
    packages: [],
    clients: [],
    practices: [],
    routes: [],
    entry: false,
    guards: {},
    alerts: [],
  }
}

export function addAlias(component: Component, alias: string, reason: string): void {
  if (alias === component.name || component.aliases.includes(alias)) return
  component.aliases.push(alias)
  component.joins.push(reason)
}

function addWorkload(component: Component, workload: Workload, facts: Facts): void {
  component.workloads.push(workload)
  component.sources.push(workload.source)
  for (const label of workloadKinds().nameLabels) {
    const value = workload.podLabels[label]
    if (value !== undefined)
      addAlias(component, value, `label ${label}=${value} on ${workload.kind} ${workload.name}`)
  }
  for (const service of servicesOf(workload, facts)) addService(component, service, facts)
  component.budgets.push(
    ...facts
      .of('disruption-budget')
      .filter(
        (budget) =>
          sameNamespace(budget, workload) &&
          selects(budget.selector, workload.podLabels) &&
          !component.budgets.includes(budget),
      ),
  )
  component.autoscalers.push(
    ...facts
      .of('autoscaler')
      .filter(
        (scaler) =>
          sameNamespace(scaler, workload) &&
          scaler.target.kind === workload.kind &&
          scaler.target.name === workload.name &&
          !component.autoscalers.includes(scaler),
      ),
  )
}

function addService(component: Component, service: NetworkService, facts: Facts): void {
  if (!component.services.includes(service)) component.services.push(service)
  const reason = `Service ${service.name} selects its pods (${formatSource(service.source)})`
  addAlias(component, service.name, reason)
  component.entry ||=
    workloadKinds().entryServices.includes(service.type) ||
    facts
      .of('entry-point')
      .some(
        (entry) =>
          sameNamespace(entry, service) && entry.backends.some((backend) => backend.service === service.name),
      )
}

function kindOfImages(workload: Workload, kinds: ComponentKinds): string {
  for (const container of workload.containers) {
    const name = imageName(container.image)
    if (name === null) continue
    for (const [kind, { images }] of Object.entries(kinds.kinds)) {
      if (images.some((known) => name === known || name.startsWith(`${known}-`))) return kind
    }
  }
  return 'service'
}

/** `registry:5000/team/api:1.2@sha256:…` → `api`. */
export function imageName(image: string | null): string | null {
  if (image === null) return null
  const last = image.split('@')[0]!.split('/').at(-1)!
  return last.split(':')[0] || null
}
