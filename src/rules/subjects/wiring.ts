/** Services, autoscalers, budgets and entry points as subjects: objects that are nothing without what they refer to. */
import type { Autoscaler, EntryPoint, NetworkService, Workload } from '../../facts/kubernetes.js'
import { isWhole } from '../../system/manifest-objects.js'
import type { Met } from '../../system/manifests.js'
import type { Model } from '../../system/model.js'
import { addition } from '../../system/overrides.js'
import type { Subject } from '../subject.js'
import { budgetSubject } from './budgets.js'
import { objectSubject } from './object.js'
import { patchedResources } from './overlays.js'

export function wiringSubjects(model: Model): Subject[] {
  const { services, autoscalers, budgets, entryPoints } = model.manifests.objects
  return [
    ...services.filter(isWhole).map((service) => serviceSubject(service, model)),
    ...autoscalers.filter(isWhole).map((scaler) => autoscalerSubject(scaler, model)),
    ...budgets.filter(isWhole).map((budget) => budgetSubject(budget, model)),
    ...entryPoints.map((entry) => entrySubject(entry, model)),
  ]
}

function serviceSubject(service: NetworkService, { manifests, system }: Model): Subject {
  const selected = manifests.selectedBy(service)
  const component = system.servedBy(service)
  return {
    ...objectSubject('service', service, component, manifests),
    decidedElsewhere: whenOnlyAdded('selector', selected),
    fields: {
      name: service.name,
      namespace: service.namespace,
      type: service.type,
      hasSelector: service.selector !== null && Object.keys(service.selector).length > 0,
      selects: selected.filter(({ where }) => where === 'always').map(({ object }) => object.name),
    },
  }
}

function autoscalerSubject(scaler: Autoscaler, { manifests, system }: Model): Subject {
  const [target] = manifests.scaledBy(scaler)
  const requests = (resource: 'cpu' | 'memory'): boolean =>
    target?.containers.every(({ requests, limits }) => (requests[resource] ?? limits[resource]) !== null) ??
    false
  const patch = target && patchedResources(target, manifests)
  return {
    ...objectSubject('autoscaler', scaler, target && system.runBy(target), manifests),
    decidedElsewhere: patch === undefined ? {} : { requests: patch },
    fields: {
      name: scaler.name,
      target: `${scaler.target.kind} ${scaler.target.name}`,
      targetFound: target !== undefined,
      minReplicas: scaler.minReplicas,
      maxReplicas: scaler.maxReplicas,
      utilisationOf: scaler.utilisationOf,
      targetRequests: (['cpu', 'memory'] as const).filter(requests),
      targetReplicasWritten: target !== undefined && target.replicas !== null,
    },
  }
}

function entrySubject(entry: EntryPoint, { manifests, system }: Model): Subject {
  const backends = [...new Set(entry.backends.map(({ service }) => service))]
  const found = new Map(
    backends.map((name) => [name, manifests.met(entry, manifests.servicesNamed(name, entry))]),
  )
  const missing = backends.filter((name) => found.get(name)!.length === 0)
  const component = [...found.values()].flat().flatMap(({ object }) => system.servedBy(object) ?? [])[0]
  return {
    ...objectSubject('entrypoint', entry, component, manifests),
    decidedElsewhere: missing.length > 0 ? {} : whenOnlyAdded('backends', [...found.values()].flat()),
    fields: {
      name: entry.name,
      kind: entry.kind,
      backends,
      missingBackends:
        missing.length > 0
          ? missing
          : backends.filter((name) => !found.get(name)!.some(({ where }) => where === 'always')),
    },
  }
}

/** What a part refers to comes with an overlay only. */
function whenOnlyAdded(part: string, found: Met<NetworkService | Workload>[]): Record<string, string> {
  const added = found.find(({ where }) => where === 'sometimes')
  return added ? { [part]: addition(added) } : {}
}
