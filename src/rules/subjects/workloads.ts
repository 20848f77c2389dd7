/** Workloads and their containers as subjects. */
import type { Container, NetworkService, Workload } from '../../facts/kubernetes.js'
import type { Component } from '../../system/component.js'
import type { Model } from '../../system/model.js'
import { instancesOf, runsOn, sameNamespace, selects } from '../../system/workloads.js'
import type { Subject } from '../subject.js'
import { budgetFields } from './budgets.js'
import { objectSubject } from './object.js'
import { patchedContainerParts, patchedParts } from './overlays.js'

/** Kubernetes' default of terminationGracePeriodSeconds. */
const DEFAULT_GRACE_SECONDS = 30

export function workloadSubjects(model: Model): Subject[] {
  const { facts, system } = model
  const workloads = facts.of('workload').filter((workload) => !workload.fragment)
  return workloads.flatMap((workload) => {
    const owner = system.components.find((component) => component.workloads.includes(workload))
    return [
      { ...workloadSubject(workload, owner, model), patched: patchedParts(workload, facts) },
      ...workload.containers.map((container) => ({
        ...containerSubject(container, workload, owner),
        patched: patchedContainerParts(container, workload, facts),
      })),
    ]
  })
}

function workloadSubject(workload: Workload, component: Component | undefined, { facts }: Model): Subject {
  const instances = instancesOf(workload, component)
  const volumes = facts
    .of('volume-claim')
    .filter((volume) => workload.claims.includes(volume.name) && sameNamespace(volume, workload))
  const exclusive = (claim: string): boolean =>
    volumes.some(
      (volume) =>
        volume.name === claim && volume.accessModes.every((mode) => mode.startsWith('ReadWriteOnce')),
    )
  return {
    ...objectSubject('workload', workload, component),
    fields: {
      name: workload.name,
      kind: workload.kind,
      namespace: workload.namespace,
      componentKind: component?.kind ?? 'service',
      instances,
      replicasWritten: workload.replicas !== null,
      scaled: (component?.autoscalers.length ?? 0) > 0,
      served: (component?.services.length ?? 0) > 0,
      runsOn: runsOn(workload),
      managed: workload.kind !== 'Pod',
      budgets:
        component?.budgets
          .filter((budget) => selects(budget.selector, workload.podLabels))
          .map((budget) => budgetFields(budget, instances)) ?? [],
      spreadOver: workload.spreadOver,
      containers: workload.containers.map((container) => containerFields(container)),
      initContainers: workload.initContainers,
      maxUnavailable: workload.strategy.maxUnavailable,
      strategy: workload.strategy.type,
      awayInRollout: awayInRollout(workload, instances),
      gracePeriodSeconds: workload.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS,
      gracePeriodWritten: workload.terminationGracePeriodSeconds !== null,
      priorityClass: workload.priorityClass,
      claims: workload.claims,
      sharedExclusiveClaims:
        instances > 1 && workload.kind !== 'StatefulSet' ? workload.claims.filter(exclusive) : [],
      unseenClaims: workload.claims.filter((claim) => !volumes.some((volume) => volume.name === claim)),
      selectorMatches:
        Object.keys(workload.selector).length === 0 || selects(workload.selector, workload.podLabels),
      backoffLimit: workload.job?.backoffLimit ?? null,
      activeDeadlineSeconds: workload.job?.activeDeadlineSeconds ?? null,
      concurrencyPolicy: workload.job?.concurrencyPolicy ?? null,
      shutdownSeconds: component?.guards['graceful-shutdown']?.value ?? null,
    },
  }
}

function containerSubject(
  container: Container,
  workload: Workload,
  component: Component | undefined,
): Subject {
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
    name: container.name,
    image: container.image,
    imageTag: tag,
    imageDigest: image.includes('@sha256:'),
    cpuRequest: container.requests.cpu,
    memoryRequest: container.requests.memory,
    cpuLimit: container.limits.cpu,
    memoryLimit: container.limits.memory,
    ports: container.ports.map((port) => port.port),
    readiness: container.readiness,
    liveness: container.liveness,
    startup: container.startup,
    preStop: container.preStop,
    workload: workload?.name ?? '',
    componentKind: component?.kind ?? 'service',
    runsOn: workload !== undefined && runsOn(workload),
    served: workload !== undefined && isServed(container, workload, component?.services ?? []),
  }
}

/** A Service sends traffic to the container that declares its target port; declaring is optional, so an only container gets all of it. */
function isServed(container: Container, workload: Workload, services: NetworkService[]): boolean {
  const targets = services
    .filter((service) => selects(service.selector, workload.podLabels))
    .flatMap((service) => service.ports.map(({ port, targetPort }) => targetPort ?? String(port)))
  const declared = container.ports.flatMap(({ name, port }) => [name, String(port)])
  return workload.containers.length === 1
    ? targets.length > 0
    : targets.some((target) => declared.includes(target))
}

/** Instances that a rollout may take away at once: a Deployment's percentage rounds down, and is 25% when not written. */
function awayInRollout({ strategy }: Workload, instances: number): number {
  if (strategy.type === 'Recreate') return instances
  const limit = strategy.maxUnavailable ?? '25%'
  return limit.endsWith('%') ? Math.floor((Number.parseFloat(limit) * instances) / 100) : Number(limit)
}
