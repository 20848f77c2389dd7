/** Workloads, containers, Services, autoscalers, budgets and entry points as subjects. */
import type { Facts } from '../../facts/fact.js'
import type { Container, DisruptionBudget, Kustomization, ManifestObject, NetworkService, Workload } from '../../facts/kubernetes.js'
import type { Source } from '../../facts/source.js'
import type { Component } from '../../system/component.js'
import type { Model } from '../../system/model.js'
import { instancesOf, runsOn, sameNamespace, selects } from '../../system/workloads.js'
import type { Subject } from '../subject.js'

/** Kubernetes' default of terminationGracePeriodSeconds. */
const DEFAULT_GRACE_SECONDS = 30

export function manifestSubjects(model: Model): Subject[] {
  const { facts, system } = model
  const ownerOf = (workload: Workload): Component | undefined => system.components.find((component) => component.workloads.includes(workload))
  const workloads = facts.of('workload').filter((workload) => !workload.fragment)
  const patchesOf = (workload: Workload): Workload[] =>
    facts.of('workload').filter((patch) => patch.fragment && patch.kind === workload.kind && patch.name === workload.name && sameNamespace(patch, workload))
  return [
    ...workloads.flatMap((workload) => {
      const [owner, patches] = [ownerOf(workload), patchesOf(workload)]
      const patchedContainer = ({ name, image }: Container): Subject['patched'] => ({
        ...placesOf(patches.flatMap((patch) => patch.containers.filter((container) => container.name === name))),
        ...setBy(facts, 'image', ({ images }) => images.includes(image?.split(/[:@]/)[0] ?? '')),
      })
      const patched = { ...placesOf(patches), ...setBy(facts, 'replicas', ({ replicas }) => replicas.includes(workload.name)) }
      return [
        { ...workloadSubject(workload, owner, model), patched },
        ...workload.containers.map((container) => ({ ...containerSubject(container, workload, owner), patched: patchedContainer(container) })),
      ]
    }),
    ...facts.of('service').filter((service) => !service.fragment).map((service): Subject => {
      const selected = workloads.filter((workload) => sameNamespace(workload, service) && selects(service.selector, workload.podLabels))
      const component = system.components.find((candidate) => candidate.services.includes(service))
      return {
        ...objectSubject('service', service, component),
        fields: { name: service.name, namespace: service.namespace, type: service.type, hasSelector: service.selector !== null && Object.keys(service.selector).length > 0, selects: selected.map((workload) => workload.name) },
      }
    }),
    ...facts.of('autoscaler').filter((scaler) => !scaler.fragment).map((scaler): Subject => {
      const target = workloads.find((workload) => sameNamespace(workload, scaler) && workload.kind === scaler.target.kind && workload.name === scaler.target.name)
      const requested = (resource: 'cpu' | 'memory'): boolean => target !== undefined && target.containers.every((container) => (container.requests[resource] ?? container.limits[resource]) !== null)
      return {
        ...objectSubject('autoscaler', scaler, target && ownerOf(target)),
        fields: {
          name: scaler.name, target: `${scaler.target.kind} ${scaler.target.name}`, targetFound: target !== undefined, minReplicas: scaler.minReplicas, maxReplicas: scaler.maxReplicas,
          utilisationOf: scaler.utilisationOf, targetRequests: (['cpu', 'memory'] as const).filter(requested), targetReplicasWritten: target !== undefined && target.replicas !== null,
        },
      }
    }),
    ...facts.of('disruption-budget').filter((budget) => !budget.fragment).map((budget): Subject => {
      const component = system.components.find((candidate) => candidate.budgets.includes(budget))
      const guarded = workloads.filter((workload) => runsOn(workload) && sameNamespace(workload, budget) && selects(budget.selector, workload.podLabels))
      return { ...objectSubject('budget', budget, component), fields: budgetFields(budget, instancesOfAll(guarded, ownerOf)) }
    }),
    ...facts.of('entry-point').filter((entry) => !entry.fragment).map((entry): Subject => {
      const isThere = (name: string): boolean => facts.of('service').some((service) => service.name === name && sameNamespace(service, entry))
      const backends = [...new Set(entry.backends.map((backend) => backend.service))]
      return {
        ...objectSubject('entrypoint', entry, system.components.find((component) => component.services.some((service) => backends.includes(service.name)))),
        fields: { name: entry.name, kind: entry.kind, backends, missingBackends: backends.filter((name) => !isThere(name)) },
      }
    }),
  ]
}

/** A part that a kustomization sets by its own fields `images` and `replicas`. */
function setBy(facts: Facts, part: string, sets: (kustomization: Kustomization) => boolean): Record<string, Source> {
  const found = facts.of('kustomization').find(sets)
  return found ? { [part]: found.source } : {}
}

/** Every part that any of the pieces sets. */
function placesOf(pieces: { at: Record<string, Source> }[]): Record<string, Source> {
  return Object.assign({}, ...pieces.map((piece) => piece.at))
}

function objectSubject(kind: Subject['kind'], object: ManifestObject, component: Component | undefined): Omit<Subject, 'fields'> {
  return { kind, identity: object.id, label: `${object.kind} ${object.name}`, component: component?.id ?? null, source: object.source, at: object.at, ignores: object.ignores }
}

/** A budget over several workloads counts the pods of all; null without any, or where the number of nodes decides. */
function instancesOfAll(workloads: Workload[], ownerOf: (workload: Workload) => Component | undefined): number | null {
  const distinct = [...new Map(workloads.map((workload) => [workload.id, workload])).values()]
  if (distinct.length === 0 || distinct.some((workload) => workload.kind === 'DaemonSet')) return null
  return distinct.reduce((sum, workload) => sum + instancesOf(workload, ownerOf(workload)), 0)
}

function workloadSubject(workload: Workload, component: Component | undefined, { facts }: Model): Subject {
  const instances = instancesOf(workload, component)
  const volumes = facts.of('volume-claim').filter((volume) => workload.claims.includes(volume.name) && sameNamespace(volume, workload))
  const exclusive = (claim: string): boolean => volumes.some((volume) => volume.name === claim && volume.accessModes.every((mode) => mode.startsWith('ReadWriteOnce')))
  return {
    ...objectSubject('workload', workload, component),
    fields: {
      name: workload.name, kind: workload.kind, namespace: workload.namespace, componentKind: component?.kind ?? 'service',
      instances, replicasWritten: workload.replicas !== null, scaled: (component?.autoscalers.length ?? 0) > 0, served: (component?.services.length ?? 0) > 0,
      runsOn: runsOn(workload), managed: workload.kind !== 'Pod',
      budgets: component?.budgets.filter((budget) => selects(budget.selector, workload.podLabels)).map((budget) => budgetFields(budget, instances)) ?? [],
      spreadOver: workload.spreadOver, containers: workload.containers.map((container) => containerFields(container)), initContainers: workload.initContainers,
      maxUnavailable: workload.strategy.maxUnavailable, strategy: workload.strategy.type, awayInRollout: awayInRollout(workload, instances),
      gracePeriodSeconds: workload.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS, gracePeriodWritten: workload.terminationGracePeriodSeconds !== null,
      priorityClass: workload.priorityClass, claims: workload.claims, sharedExclusiveClaims: instances > 1 && workload.kind !== 'StatefulSet' ? workload.claims.filter(exclusive) : [],
      unseenClaims: workload.claims.filter((claim) => !volumes.some((volume) => volume.name === claim)),
      selectorMatches: Object.keys(workload.selector).length === 0 || selects(workload.selector, workload.podLabels),
      backoffLimit: workload.job?.backoffLimit ?? null, activeDeadlineSeconds: workload.job?.activeDeadlineSeconds ?? null, concurrencyPolicy: workload.job?.concurrencyPolicy ?? null,
      shutdownSeconds: component?.guards['graceful-shutdown']?.value ?? null,
      timers: component?.practices.filter((practice) => practice.pattern === 'distributed-lock' && practice.state === 'absent').map((practice) => practice.symbol) ?? [],
    },
  }
}

function containerSubject(container: Container, workload: Workload, component: Component | undefined): Subject {
  return {
    kind: 'container',
    identity: `${workload.id}/${container.name}`,
    label: `${workload.kind} ${workload.name}, container ${container.name}`,
    component: component?.id ?? null,
    source: container.source,
    at: container.at,
    ignores: workload.ignores,
    fields: containerFields(container, workload, component),
  }
}

function containerFields(container: Container, workload?: Workload, component?: Component): object {
  const image = container.image ?? ''
  const tag = /:([^:/@]+)(@|$)/.exec(image)?.[1] ?? null
  return {
    name: container.name, image: container.image, imageTag: tag, imageDigest: image.includes('@sha256:'),
    cpuRequest: container.requests.cpu, memoryRequest: container.requests.memory, cpuLimit: container.limits.cpu, memoryLimit: container.limits.memory,
    ports: container.ports.map((port) => port.port), readiness: container.readiness, liveness: container.liveness, startup: container.startup, preStop: container.preStop,
    workload: workload?.name ?? '', componentKind: component?.kind ?? 'service', runsOn: workload !== undefined && runsOn(workload),
    served: workload !== undefined && isServed(container, workload, component?.services ?? []),
  }
}

/** A Service sends traffic to the container that declares its target port; declaring is optional, so an only container gets all of it. */
function isServed(container: Container, workload: Workload, services: NetworkService[]): boolean {
  const targets = services
    .filter((service) => selects(service.selector, workload.podLabels))
    .flatMap((service) => service.ports.map(({ port, targetPort }) => targetPort ?? String(port)))
  const declared = container.ports.flatMap(({ name, port }) => [name, String(port)])
  return workload.containers.length === 1 ? targets.length > 0 : targets.some((target) => declared.includes(target))
}

function budgetFields(budget: DisruptionBudget, instances: number | null): object {
  return {
    name: budget.name, minAvailable: budget.minAvailable, maxUnavailable: budget.maxUnavailable, instances,
    allowedDisruptions: instances === null ? null : allowedDisruptions(budget, instances),
  }
}

/** Instances that a rollout may take away at once: a Deployment's percentage rounds down, and is 25% when not written. */
function awayInRollout({ strategy }: Workload, instances: number): number {
  if (strategy.type === 'Recreate') return instances
  const limit = strategy.maxUnavailable ?? '25%'
  return limit.endsWith('%') ? Math.floor((Number.parseFloat(limit) * instances) / 100) : Number(limit)
}

/** Evictions that the budget permits with all instances healthy; percentages round up, as in the disruption controller. */
export function allowedDisruptions(budget: Pick<DisruptionBudget, 'minAvailable' | 'maxUnavailable'>, instances: number): number {
  const count = (value: string): number => (value.endsWith('%') ? Math.ceil((Number.parseFloat(value) * instances) / 100) : Number(value))
  if (budget.maxUnavailable !== null) return Math.min(instances, count(budget.maxUnavailable))
  return Math.max(0, instances - count(budget.minAvailable ?? '0'))
}
