/** Containers as subjects. */
import type { Container, Workload } from '../../facts/kubernetes.js'
import { workloadKinds } from '../../knowledge/manifests/workload-kinds.js'
import type { Component } from '../../system/component.js'
import type { Manifests } from '../../system/manifests/manifests.js'
import { imageName } from '../../system/manifests/images.js'
import { instancesOf } from '../../system/manifests/instances.js'
import type { Subject } from '../subject.js'
import { imageTagFields } from './image-tags.js'
import { joinedFields } from './joined-fields.js'
import { peerIgnoresOf } from './object.js'
import { hiddenVariables, placesOfHidden } from './environment.js'
import { hasOthers, isContainerServed, isRelieved, isRunning } from './serving.js'
import { placesOfProbes, probeFields, undeclaredPorts } from './probes.js'
import { unresponsiveField } from '../../system/manifests/unresponsive.js'

export function containerSubject(
  container: Container,
  workload: Workload,
  component: Component | undefined,
  manifests: Manifests,
): Subject {
  const instances = instancesOf(workload, manifests)
  const componentKind = component?.kind ?? 'service'
  const fieldsOf = (written: Container): object =>
    joinedFields(containerFields(written), {
      workload: workload.name,
      componentKind,
      runsOn: isRunning(workload, instances, manifests) && !isIdleImage(written.image),
      served: isContainerServed(written, workload, componentKind, manifests),
      relieved: isRelieved(workload, instances),
      hasOthers: hasOthers(workload, instances),
      undeclaredPorts: undeclaredPorts(written, workload),
      unresponsive: unresponsiveField(written, workload),
      drainRemark: workload.drainRemark ?? null,
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
  return joinedFields(imageTagFields(container.image), probeFields(container), {
    name: container.name,
    image: container.image,
    cpuRequest: container.requests.cpu,
    memoryRequest: container.requests.memory,
    cpuLimit: container.limits.cpu,
    memoryLimit: container.limits.memory,
    ports: container.ports.map((port) => port.port),
    variables: container.env.length,
    hiddenVariables: hiddenVariables(container),
    preStop: container.preStop !== null,
    workload: '',
    componentKind: 'service',
    runsOn: false,
    served: false,
    relieved: false,
    hasOthers: false,
    unresponsive: null,
    drainRemark: null,
    datagramsOnly: container.ports.length > 0 && container.ports.every(({ protocol }) => protocol === 'UDP'),
  })
}

/** It holds the pod open and does no work. */
function isIdleImage(image: string | null): boolean {
  return workloadKinds().idleImages.includes(imageName(image) ?? '')
}
