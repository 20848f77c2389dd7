/** Protections of a component itself, in the same lattice as those of its calls: from its practices and its workloads. */
import type { Guard } from '../facts/code.js'
import type { Workload } from '../facts/kubernetes.js'
import type { Component, Guards } from './component.js'
import { guard, worstGuards } from './guards.js'
import { runsOn } from './workloads.js'

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
  return { ...worstGuards(practices), ...guardsOfWorkloads(component), ...livenessGuard(component) }
}

/** Of a workload that several manifests define, the worse definition counts. */
function guardsOfWorkloads(component: Component): Guards {
  return worstGuards(
    component.workloads
      .filter(runsOn)
      .map((workload) => ({ replicas: replicasOf(workload, component), ...readinessOf(workload) })),
  )
}

/** Where an overlay makes more of it, one instance is not what is known to run. */
function replicasOf(workload: Workload, component: Component): Guard {
  const { least, reason, more } = component.instances.get(workload)!
  const source = workload.at['replicas'] ?? workload.source
  if (least >= 2 || workload.kind === 'DaemonSet') return guard('present', reason, source, least, 'instances')
  return more === null
    ? guard('absent', reason, source, least, 'instances')
    : guard('unknown', `${reason}; ${more.reason}`, source)
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

/** Joins the probe's path with the route that answers it. */
function livenessGuard(component: Component): Guards {
  const paths = component.workloads.flatMap((workload) =>
    workload.containers.map((container) => container.liveness?.path ?? null),
  )
  const [route, ...others] = component.routes.filter((candidate) => paths.includes(candidate.path))
  if (!route) return {}
  if (others.length > 0)
    return {
      'liveness-independent': guard(
        'unknown',
        `${others.length + 1} handlers are registered for ${route.path}`,
        route.source,
      ),
    }
  const asked = `${route.method} ${route.path} answers the livenessProbe`
  if (route.callsDependency === null)
    return {
      'liveness-independent': guard('unknown', `${asked}; what it calls could not be followed`, route.source),
    }
  return {
    'liveness-independent': route.callsDependency
      ? guard('absent', `${asked} and calls a dependency`, route.source)
      : guard('present', `${asked} and calls no dependency`, route.source),
  }
}
