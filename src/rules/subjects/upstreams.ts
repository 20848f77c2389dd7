/** Groups of pods that proxies balance over, as subjects: what is ejected when pods fail. */
import type { Model } from '../../system/model.js'
import { patch } from '../../system/manifests/overrides.js'
import { ejectable, ejectionOf, upstreamsOf, type Upstream } from '../../system/mesh/upstreams.js'
import type { Subject } from '../subject.js'
import { isWhole } from '../../system/manifests/manifest-objects.js'
import { objectSubject } from './object.js'

export function upstreamSubjects(model: Model): Subject[] {
  const { manifests, traffic } = model
  return manifests.objects.trafficPolicies
    .filter(isWhole)
    .flatMap((policies) => upstreamsOf(policies, traffic, manifests))
    .map((upstream) => upstreamSubject(upstream, model))
}

function upstreamSubject(upstream: Upstream, { manifests, system }: Model): Subject {
  const { policies, subset, service, policy } = upstream
  const component = system.components.find(({ services }) => service !== null && services.includes(service))
  const subject = objectSubject('upstream', policies, component, manifests)
  const detection = policy?.outlierDetection ?? null
  const piece = manifests.patchOfTraffic(policies)
  const at = {
    ...policies.at,
    ...(detection && { ...detection.at, outlierDetection: detection.source }),
    ...(policy && { policy: policy.source }),
    ...(policy?.connectionPool && { connectionPool: policy.connectionPool.source }),
    ...(policy?.failover && { failover: policy.failover }),
  }
  return {
    ...subject,
    identity: subset === null ? subject.identity : `${subject.identity}/${subset.name}`,
    label: subset === null ? subject.label : `${subject.label}, subset ${subset.name}`,
    source: subset?.source ?? subject.source,
    at,
    decidedElsewhere: piece
      ? Object.fromEntries(
          [...Object.keys(at), 'maxEjectionPercent'].map((part) => [part, patch(piece.source)]),
        )
      : {},
    fields: {
      ...upstreamFields(upstream),
      name: policies.name,
      kind: policies.kind,
      host: policies.host,
      subset: subset?.name ?? null,
      hasPortSettings: policies.hasPortSettings,
    },
  }
}

function upstreamFields({ policy, instances }: Upstream): object {
  const detection = policy?.outlierDetection ?? null
  const ejection = detection && ejectionOf(detection)
  return {
    instances: instances?.least ?? null,
    mostInstances: instances?.most ?? null,
    limits: Object.entries(policy?.connectionPool?.limits ?? {}).map(([name, limit]) => `${name} ${limit}`),
    failsOver: Boolean(policy?.failover),
    outlierDetection: detection !== null,
    ejects: ejection !== null && ejection.afterErrors !== null,
    ejectsAfter: ejection?.afterErrors ?? null,
    ejectionSeconds: ejection?.seconds ?? null,
    maxEjectionPercent: ejection?.maxPercent ?? null,
    maxEjectionPercentWritten: Boolean(detection?.maxEjectionPercent),
    minHealthPercent: ejection?.minHealthPercent ?? null,
    ejectable: ejection && instances ? ejectable(ejection, instances.least) : null,
    mostEjectable: ejection && instances ? ejectable(ejection, instances.most) : null,
  }
}
