/** Components seen in manifests: workloads with the Services, budgets and autoscalers that belong to them. */
import type { NetworkService, Workload } from '../facts/kubernetes.js'
import { formatSource } from '../facts/source.js'
import type { Configuration } from '../knowledge/configuration.js'
import type { ComponentKinds } from '../knowledge/policies.js'
import { workloadKinds } from '../knowledge/manifests/workload-kinds.js'
import type { Component } from './component.js'
import { groupWorkloads, type WorkloadGroup } from './grouping.js'
import { kindOfImages } from './manifests/images.js'
import { instancesOf } from './manifests/instances.js'
import type { Manifests } from './manifests/manifests.js'

export function componentsOfWorkloads(
  manifests: Manifests,
  kinds: ComponentKinds,
  configuration: Configuration,
): Component[] {
  return groupWorkloads(manifests, configuration).map((group) => componentOf(group, manifests, kinds))
}

function componentOf(
  { id, name, workloads, joins }: WorkloadGroup,
  manifests: Manifests,
  kinds: ComponentKinds,
): Component {
  const component = emptyComponent(id, kindOfImages(workloads[0]!, kinds))
  component.joins.push(...joins)
  addAlias(component, name, `its manifests call it ${name}`)
  for (const workload of workloads) addWorkload(component, workload, manifests)
  return component
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
    instances: new Map(),
    packages: [],
    clients: [],
    practices: [],
    routes: [],
    paths: new Map(),
    endpoints: [],
    metrics: [],
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

/** True for workloads that are meant to run on; a pod that is not restarted when it ends is a task, and what only waits a tool. */
export function runsOn(workload: Workload): boolean {
  const isTask =
    workload.kind === 'Pod' && (workload.restartPolicy === 'Never' || workload.restartPolicy === 'OnFailure')
  return !isTask && !isIdle(workload) && !workloadKinds().tasks.includes(workload.kind)
}

/** Every container waits for somebody to enter it. */
function isIdle({ containers }: Workload): boolean {
  const idle = new RegExp(
    `^(?:(?:/bin/)?(?:ba)?sh -e?c )?(?:exec )?(?:/bin/)?(?:${workloadKinds().idleCommands.join('|')});?$`,
  )
  return containers.length > 0 && containers.every(({ command }) => idle.test(command.join(' ').trim()))
}

/** True where the number of nodes decides how many instances there are. */
export function runsPerNode(workload: Workload): boolean {
  return workloadKinds().perNode.includes(workload.kind)
}

function addWorkload(component: Component, workload: Workload, manifests: Manifests): void {
  component.workloads.push(workload)
  component.sources.push(workload.source)
  component.instances.set(workload, instancesOf(workload, manifests))
  for (const label of workloadKinds().nameLabels) {
    const value = workload.podLabels[label]
    if (value !== undefined)
      addAlias(component, value, `label ${label}=${value} on ${workload.kind} ${workload.name}`)
  }
  addDeployedNames(component, workload, manifests)
  for (const { object } of manifests.servicesOf(workload)) addService(component, object, manifests)
  addNew(component.budgets, manifests.budgetsOf(workload))
  addNew(component.autoscalers, manifests.autoscalersOf(workload))
}

/** Overlays may put something before or after the name: evidence of running systems uses what comes out. */
function addDeployedNames(component: Component, workload: Workload, { kustomizations }: Manifests): void {
  for (const { by, name } of kustomizations.deploymentsOf(workload))
    if (by) addAlias(component, name, `${by.folder || 'the root'} deploys it as ${name}`)
}

function addService(component: Component, service: NetworkService, manifests: Manifests): void {
  addNew(component.services, [{ object: service }])
  addAlias(
    component,
    service.name,
    `Service ${service.name} selects its pods (${formatSource(service.source)})`,
  )
  if (workloadKinds().entryServices.includes(service.type)) component.entry = true
  if (manifests.isEntered(service)) component.entry = true
}

function addNew<T>(known: T[], found: { object: T }[]): void {
  for (const { object } of found) if (!known.includes(object)) known.push(object)
}
