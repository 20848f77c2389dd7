/** Containers as subjects. */
import type { Container, NetworkService, Workload } from '../../facts/kubernetes.js'
import type { Component } from '../../system/component.js'
import type { Manifests } from '../../system/manifests/manifests.js'
import { runsOn } from '../../system/workloads.js'
import type { Subject } from '../subject.js'
import { peerIgnoresOf } from './object.js'
import { hiddenVariables, placesOfHidden } from './environment.js'
import { placesOfProbes, probeFields, undeclaredPorts } from './probes.js'

export function containerSubject(
  container: Container,
  workload: Workload,
  component: Component | undefined,
  manifests: Manifests,
): Subject {
  const services = manifests.servicesOf(workload).map(({ object }) => object)
  const fieldsOf = (written: Container): object => ({
    ...containerFields(written),
    workload: workload.name,
    componentKind: component?.kind ?? 'service',
    runsOn: runsOn(workload),
    served: isServed(written, workload, services),
    undeclaredPorts: undeclaredPorts(written, workload),
  })
  return {
    kind: 'container',
    identity: `${manifests.identityOf(workload)}/${container.name}`,
    label: `${workload.kind} ${workload.name}, container ${container.name}`,
    component: component?.id ?? null,
    source: container.source,
    at: { ...container.at, ...placesOfProbes(container), ...placesOfHidden(container) },
    ignores: workload.ignores,
    peerIgnores: peerIgnoresOf(workload, manifests),
    fields: fieldsOf(container),
    elsewhere: (container.elsewhere ?? []).map(({ environment, object }) => ({
      environment,
      fields: fieldsOf(object),
    })),
  }
}

/** What a container is by itself; as a part of its workload it says no more. */
export function containerFields(container: Container): object {
  const image = container.image ?? ''
  return {
    name: container.name,
    image: container.image,
    imageTag: /:([^:/@]+)(@|$)/.exec(image)?.[1] ?? null,
    imageDigest: image.includes('@sha256:'),
    cpuRequest: container.requests.cpu,
    memoryRequest: container.requests.memory,
    cpuLimit: container.limits.cpu,
    memoryLimit: container.limits.memory,
    ports: container.ports.map((port) => port.port),
    ...probeFields(container),
    variables: container.env.length,
    hiddenVariables: hiddenVariables(container),
    preStop: container.preStop !== null,
    workload: '',
    componentKind: 'service',
    runsOn: false,
    served: false,
  }
}

/** A Service sends traffic to the container that declares its target port; declaring is optional, so an only container gets all of it. */
function isServed(container: Container, workload: Workload, services: NetworkService[]): boolean {
  const targets = services.flatMap((service) =>
    service.ports.map(({ port, targetPort }) => targetPort ?? String(port)),
  )
  const declared = container.ports.flatMap(({ name, port }) => [name, String(port)])
  return workload.containers.length === 1
    ? targets.length > 0
    : targets.some((target) => declared.includes(target))
}
