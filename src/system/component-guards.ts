/** Protections of a component itself, in the same lattice as those of its calls: from its practices and its workloads. */
import type { Component, Guards } from './component.js'
import { guard, worstGuards } from './guards.js'
import { runsOn } from './workloads.js'

export function guardsOfComponent(component: Component): Guards {
  const practices = component.practices.map((practice) => ({
    [practice.pattern]: { ...guard(practice.state, practice.reason ?? practice.detail, practice.source) },
  }))
  return { ...worstGuards(practices), ...guardsOfWorkloads(component) }
}

function guardsOfWorkloads(component: Component): Guards {
  const workload = component.workloads.find(runsOn)
  if (!workload) return {}
  const scaler = component.autoscalers[0]
  const instances = scaler?.minReplicas ?? workload.replicas ?? 1
  const written = scaler ? `its autoscaler keeps at least ${instances}` : workload.replicas === null ? 'replicas is not written: Kubernetes runs 1' : `replicas is ${instances}`
  return {
    replicas: guard(instances >= 2 || workload.kind === 'DaemonSet' ? 'present' : 'absent', written, workload.at['replicas'] ?? workload.source, instances, 'instances'),
    'readiness-probe': workload.containers.every((container) => container.readiness !== null)
      ? guard('present', 'every container has one', workload.source)
      : guard('absent', 'a container has none', workload.source),
  }
}
