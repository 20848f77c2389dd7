/** Faults in a proxy of the experiment: they are felt at what the proxy leads to, whatever the proxy is called. */
import type { Experiment } from '../facts/experiment.js'
import { formatSource } from '../facts/source.js'
import { componentAtHost } from './called-host.js'
import type { Component } from './component.js'
import type { Places } from './fault-reach.js'
import { hostOf } from './targets.js'

/** With the component at the upstream as its target, and the reason; without, it is said that nobody is known there. */
export function atTheUpstream(experiment: Experiment, { system, manifests }: Places): Experiment {
  const { proxy } = experiment
  if (proxy === undefined) return experiment
  const leads = `the proxy ${proxy.name} leads to ${proxy.upstream}`
  const host = hostOf(proxy.upstream)
  const component = host === null ? undefined : componentAtHost(host, system, manifests)
  if (component && host !== null)
    return {
      ...experiment,
      target: component.id,
      targetReason: `${leads}, ${knownBy(component, host)}`,
    }
  // A proxy may be called as the component is: that is a name like any other.
  if (system.named(proxy.name)) return experiment
  return { ...experiment, targetDoubt: `${leads}, and no component of the system is known there` }
}

function knownBy({ id, services }: Component, host: string): string {
  const service = services.find(({ name }) => name === host.split('.', 1)[0])
  return service
    ? `the Service ${service.name} (${formatSource(service.source)}) of ${id}`
    : `a name of the component ${id}`
}
