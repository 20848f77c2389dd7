/** Protections of a component itself, in the same lattice as those of its calls: from its practices and its workloads. */
import type { Guard } from '../facts/code.js'
import type { Workload } from '../facts/kubernetes.js'
import type { Component, Guards } from './component.js'
import { guard, worstGuards } from './guards.js'
import { livenessOfComponent } from './probes.js'
import { instancesOf, runsOn, runsPerNode, scalerOf } from './workloads.js'

export function guardsOfComponent(component: Component): Guards {
  const practices = component.practices.map((practice) => ({
    [practice.pattern]: guard(
      practice.state,
      practice.reason ?? practice.detail,
      practice.source,
      practice.seconds,
      practice.seconds === null ? null : 's',
    ),
  }))
  return { ...worstGuards(practices), ...guardsOfWorkloads(component), ...livenessOfComponent(component) }
}

/** Of a workload that several manifests define, the worse definition counts. */
function guardsOfWorkloads(component: Component): Guards {
  return worstGuards(
    component.workloads
      .filter(runsOn)
      .map((workload) => ({ replicas: replicasOf(workload, component), ...readinessOf(workload) })),
  )
}

function replicasOf(workload: Workload, component: Component): Guard {
  const instances = instancesOf(workload, component)
  const notScaled =
    workload.replicas === null ? 'replicas is not written: Kubernetes runs 1' : `replicas is ${instances}`
  const written = scalerOf(workload, component) ? `its autoscaler keeps at least ${instances}` : notScaled
  return guard(
    instances >= 2 || runsPerNode(workload) ? 'present' : 'absent',
    written,
    workload.at['replicas'] ?? workload.source,
    instances,
    'instances',
  )
}

function readinessOf({ containers, source }: Workload): Guards {
  if (containers.length === 0) return {}
  const isEverywhere = containers.every((container) => container.readiness !== null)
  return {
    'readiness-probe': isEverywhere
      ? guard('present', 'every container has one', source)
      : guard('absent', 'a container has none', source),
  }
}
