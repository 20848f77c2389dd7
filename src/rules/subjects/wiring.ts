/** Services, autoscalers, budgets and entry points as subjects: objects that are nothing without what they refer to. */
import type { Autoscaler, Elsewhere, EntryPoint, NetworkService, Workload } from '../../facts/kubernetes.js'
import { isWhole } from '../../system/manifests/manifest-objects.js'
import type { Manifests, Met } from '../../system/manifests/manifests.js'
import type { Model } from '../../system/model.js'
import { addition, filledIn, patch } from '../../system/manifests/overrides.js'
import { unseenService } from '../../system/wiring/made-elsewhere.js'
import { podMakerFor } from '../../system/wiring/pod-makers.js'
import {
  missingPortsOf,
  patchOfPorts,
  placeholderOfPort,
  undeclaredTargets,
  type MissingPort,
} from '../../system/wiring/ports.js'
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
    at: { ...service.at, ...(service.at['ports'] && { targets: service.at['ports'] }) },
    decidedElsewhere: {
      ...whenOnlyAdded('selector', selected),
      ...patchedAt('targets', patchOfPorts(service, manifests)),
    },
    fields: {
      name: service.name,
      namespace: service.namespace,
      type: service.type,
      hasSelector: service.selector !== null && Object.keys(service.selector).length > 0,
      selector: Object.entries(service.selector ?? {}).map((label) => label.join('=')),
      selects: selected.filter(({ where }) => where === 'always').map(({ object }) => object.name),
      podMaker: podMakerFor(service.selector, service, manifests),
      undeclaredTargets: undeclaredTargets(service, manifests),
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

function entrySubject(entry: EntryPoint, { manifests, system }: Model): Subject {
  const backends = [...new Set(entry.backends.map(({ service }) => service))]
  const found = new Map(
    backends.map((name) => [name, manifests.met(entry, manifests.servicesNamed(name, entry))]),
  )
  const missing = backends.filter((name) => found.get(name)!.length === 0)
  const doubts = new Map(missing.map((name) => [name, unseenService(name, entry, manifests)]))
  const missingPorts = missingPortsOf(entry, manifests)
  const [portless] = missingPorts
  const words = (isTarget: boolean): string[] =>
    missingPorts
      .filter((one) => one.isTarget === isTarget)
      .map(missingPortWords)
      .sort()
  const placeholder = missingPorts.flatMap((one) => placeholderOfPort(one) ?? [])[0]
  const component = [...found.values()].flat().flatMap(({ object }) => system.servedBy(object) ?? [])[0]
  return {
    ...objectSubject('entrypoint', entry, component, manifests),
    at: { ...entry.at, ...(portless && { ports: portless.backend.source }) },
    decidedElsewhere: {
      ...(missing.length > 0 ? {} : whenOnlyAdded('backends', [...found.values()].flat())),
      ...(placeholder !== undefined && { ports: filledIn(placeholder) }),
      ...patchedAt('ports', patchOfService(missingPorts, manifests)),
    },
    fields: {
      name: entry.name,
      kind: entry.kind,
      backends,
      ports: entry.backends.filter(({ port }) => port !== null).length,
      missingPorts: words(false),
      targetPorts: words(true),
      doubtfulBackends: [
        ...[...doubts].flatMap(([name, doubt]) => (doubt === null ? [] : [`${name}: ${doubt}`])),
        ...unseenOthers(entry, manifests),
      ],
      missingBackends:
        missing.length > 0
          ? missing.filter((name) => doubts.get(name) === null)
          : backends.filter((name) => !found.get(name)!.some(({ where }) => where === 'always')),
    },
  }
}

/** Backends of other kinds that are not among the files. */
function unseenOthers({ others = [] }: EntryPoint, { objects }: Manifests): string[] {
  return others
    .filter((other) => !objects.customs.some(({ kind, name }) => kind === other.kind && name === other.name))
    .map(({ kind, name }) => `${kind} ${name} is not a Service and is not among the files`)
}

/** `port web of Service cart, which has 80 (http)`. */
function missingPortWords({ backend, services }: MissingPort): string {
  const ports = services.flatMap((service) =>
    service.ports.map(({ name, port }) => (name === null ? String(port) : `${port} (${name})`)),
  )
  return `port ${backend.port} of Service ${backend.service}, which has ${[...new Set(ports)].join(', ') || 'none'}`
}

function patchOfService(missing: MissingPort[], { objects }: Manifests): { path: string } | undefined {
  const names = missing.map(({ backend }) => backend.service)
  return objects.fragments.services.find(({ name }) => names.includes(name))?.source
}

function patchedAt(part: string, source: { path: string } | undefined): Record<string, string> {
  return source ? { [part]: patch(source) } : {}
}

/** What a part refers to comes with an overlay only. */
function whenOnlyAdded(part: string, found: Met<NetworkService | Workload>[]): Record<string, string> {
  const added = found.find(({ where }) => where === 'sometimes')
  return added ? { [part]: addition(added) } : {}
}
