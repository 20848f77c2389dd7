/** NetworkPolicies as subjects, what they leave open, and the calls that go through them. */
import type { Workload } from '../../facts/kubernetes.js'
import type { NetworkPolicy } from '../../facts/network-policy.js'
import { meantBy, NOBODY } from '../../system/wiring/meant.js'
import type { Model } from '../../system/model.js'
import { nameResolutionOf, type NameResolution } from '../../system/network/name-resolution.js'
import { areTogether, isolationOf, workloadsUnder } from '../../system/network/network-policies.js'
import { podMakerFor } from '../../system/wiring/pod-makers.js'
import { patch } from '../../system/manifests/overrides.js'
import { passages, type Passage } from '../../system/network/passages.js'
import { isTaken } from '../../system/manifests/selection.js'
import { runsOn } from '../../system/workloads.js'
import type { Subject } from '../subject.js'
import { objectSubject } from './object.js'

export function networkPolicySubjects(model: Model): Subject[] {
  const { manifests, system } = model
  const policies = manifests.objects.policies.filter(({ isRead }) => isRead)
  if (policies.length === 0) return []
  const resolutions = resolutionsOf(model)
  return [
    ...policies.map((policy) => policySubject(policy, model, resolutions)),
    coverageSubject(policies, model),
    ...passages(system, manifests).map(passageSubject),
  ]
}

type Resolution = NameResolution & { workload: Workload }

/** Of those that are known to call somebody by a name. */
function resolutionsOf({ manifests, system }: Model): Resolution[] {
  return manifests.objects.workloads.filter(runsOn).flatMap((workload) => {
    const component = system.runBy(workload)
    const calls = component ? system.dependenciesOf(component.id) : []
    const resolution = calls.length > 0 ? nameResolutionOf(workload, manifests) : null
    return resolution ? [{ workload, ...resolution }] : []
  })
}

function policySubject(policy: NetworkPolicy, { manifests }: Model, resolutions: Resolution[]): Subject {
  const selected = workloadsUnder(policy, manifests)
  const { neighbours, names: meantNames } = selected.length > 0 ? NOBODY : meantBy(policy, manifests)
  const patches = manifests.objects.fragments.policies.filter(({ name }) => name === policy.name)
  const own = resolutions.filter(({ policies }) => policies[0] === policy)
  const names = (answer: string): string[] => [
    ...new Set(own.filter((one) => one.answer === answer).map(({ workload }) => workload.name)),
  ]
  return {
    ...objectSubject('networkpolicy', { ...policy, kind: 'NetworkPolicy' }, undefined, manifests),
    decidedElsewhere: patches[0] ? { selector: patch(patches[0].source) } : {},
    fields: {
      name: policy.name,
      isTaken: isTaken(policy.selector),
      selects: selected.map(({ name }) => name),
      podMaker: podMakerFor(policy.selector, policy, manifests),
      neighbours,
      meant: meantNames,
      resolved: names('yes'),
      perhapsResolved: names('perhaps'),
      unresolved: names('no'),
    },
  }
}

/** One statement over all: what is served and stands open where others are isolated. Pods in the network of their node are mostly not policed. */
function coverageSubject([first, ...others]: NetworkPolicy[], { manifests }: Model): Subject {
  const served = manifests.objects.workloads.filter(
    (workload) =>
      runsOn(workload) &&
      !workload.hostNetwork &&
      manifests.servicesOf(workload).length > 0 &&
      [first!, ...others].some((policy) => areTogether(policy, workload, manifests)),
  )
  const isolations = served.map((workload) => ({
    workload,
    isolation: isolationOf(workload, 'ingress', manifests),
  }))
  const isOpen = ({ isolation: { certain, possible } }: (typeof isolations)[number]): boolean =>
    certain.length === 0 && possible.length === 0
  const open = isolations.filter(isOpen).map(({ workload }) => workload)
  return {
    kind: 'isolation',
    identity: 'network policies',
    label: 'network policies of the system',
    component: null,
    source: open[0]?.source ?? first!.source,
    at: {},
    ignores: {},
    fields: {
      policies: others.length + 1,
      isolated: isolations.filter(({ isolation }) => isolation.certain.length > 0).length,
      open: [...new Set(open.map(({ name }) => name))].sort(),
      othersRead: manifests.objects.policies.every(({ isRead }) => isRead),
    },
    places: () =>
      open.map((workload) => ({
        source: workload.source,
        message: `no NetworkPolicy isolates ${workload.name}`,
      })),
  }
}

function passageSubject({ dependency, from, to, answer, reason, policies }: Passage): Subject {
  const [policy] = policies
  return {
    kind: 'passage',
    identity: dependency.id,
    label: `${from.name} to ${to.name}`,
    component: from.id,
    source: policy?.source ?? dependency.sources[0] ?? from.sources[0]!,
    at: {},
    ignores: Object.assign({}, ...policies.map(({ ignores }) => ignores)) as Record<string, string>,
    fields: { from: from.name, to: to.name, answer, reason },
    places: () => [
      ...policies.map(({ source, name }) => ({ source, message: `NetworkPolicy ${name} isolates here` })),
      ...dependency.sources.map((source) => ({ source, message: `${from.name} calls ${to.name} here` })),
    ],
  }
}
