/** Services, autoscalers, budgets and entry points as subjects: objects that are nothing without what they refer to. */
import type {
  Autoscaler,
  DisruptionBudget,
  Elsewhere,
  EntryPoint,
  NetworkService,
  Workload,
} from '../../facts/kubernetes.js'
import { instancesOf } from '../../system/instances.js'
import { isWhole } from '../../system/manifest-objects.js'
import type { Met } from '../../system/manifests.js'
import type { Model } from '../../system/model.js'
import { addition } from '../../system/overrides.js'
import { runsOn, runsPerNode } from '../../system/workloads.js'
import type { Subject } from '../subject.js'
import { budgetFields } from './budgets.js'
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
  const component = system.components.find((candidate) => candidate.services.includes(service))
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
  const patch = target && patchedResources(target, manifests)
  const fieldsIn = (environment: string | undefined): object =>
    autoscalerFields(inEnvironment(scaler, environment), target && inEnvironment(target, environment))
  const environments = [...(scaler.elsewhere ?? []), ...(target?.elsewhere ?? [])]
    .map(({ environment }) => environment)
    .filter((environment) => scaler.onlyIn?.includes(environment) ?? true)
  return {
    ...objectSubject('autoscaler', scaler, target && system.runBy(target), manifests),
    decidedElsewhere: patch === undefined ? {} : { requests: patch },
    fields: fieldsIn(scaler.onlyIn?.[0]),
    elsewhere: [...new Set(environments)].map((environment) => ({
      environment,
      fields: fieldsIn(environment),
    })),
  }
}

/** As it is there; where nothing else is said, it is everywhere alike. */
function inEnvironment<T extends { elsewhere?: Elsewhere<T>[] }>(
  object: T,
  environment: string | undefined,
): T {
  return object.elsewhere?.find((one) => one.environment === environment)?.object ?? object
}

function autoscalerFields(scaler: Autoscaler, target: Workload | undefined): object {
  const requests = (resource: 'cpu' | 'memory'): boolean =>
    target?.containers.every(({ requests, limits }) => (requests[resource] ?? limits[resource]) !== null) ??
    false
  return {
    name: scaler.name,
    target: `${scaler.target.kind} ${scaler.target.name}`,
    targetFound: target !== undefined,
    minReplicas: scaler.minReplicas,
    maxReplicas: scaler.maxReplicas,
    utilisationOf: scaler.utilisationOf,
    targetRequests: (['cpu', 'memory'] as const).filter(requests),
    targetReplicasWritten: target !== undefined && target.replicas !== null,
  }
}

function budgetSubject(budget: DisruptionBudget, { manifests, system }: Model): Subject {
  const guarded = manifests
    .selectedBy(budget)
    .map(({ object }) => object)
    .filter(runsOn)
  const distinct = [...new Map(guarded.map((workload) => [workload.id, workload])).values()]
  const instances = distinct.map((workload) => instancesOf(workload, manifests))
  // A budget over several workloads counts the pods of all; of a DaemonSet the number of nodes decides.
  const isKnown = distinct.length > 0 && !distinct.some(runsPerNode)
  const least = isKnown ? instances.reduce((sum, { least }) => sum + least, 0) : null
  const raised = instances.find(({ more }) => more !== null)?.more
  const component = system.components.find((candidate) => candidate.budgets.includes(budget))
  return {
    ...objectSubject('budget', budget, component, manifests),
    decidedElsewhere: raised ? { instances: raised.reason } : {},
    fields: budgetFields(budget, least),
    elsewhere: (budget.elsewhere ?? []).map(({ environment, object }) => ({
      environment,
      fields: budgetFields(object, least),
    })),
  }
}

function entrySubject(entry: EntryPoint, { manifests, system }: Model): Subject {
  const backends = [...new Set(entry.backends.map(({ service }) => service))]
  const found = new Map(
    backends.map((name) => [name, manifests.met(entry, manifests.servicesNamed(name, entry))]),
  )
  const missing = backends.filter((name) => found.get(name)!.length === 0)
  const component = system.components.find(({ services }) =>
    [...found.values()].flat().some(({ object }) => services.includes(object)),
  )
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
