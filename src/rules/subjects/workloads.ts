/** Workloads as subjects. */
import type { Workload } from '../../facts/kubernetes.js'
import { formatSource } from '../../facts/source.js'
import type { Component } from '../../system/component.js'
import { instancesOf, mostInstances, type Instances } from '../../system/manifests/instances.js'
import type { Manifests } from '../../system/manifests/manifests.js'
import type { Model } from '../../system/model.js'
import { selects } from '../../system/manifests/selection.js'
import type { Subject } from '../subject.js'
import { refusalOf } from './amounts.js'
import { budgetFields } from './budgets.js'
import { containerFields, containerSubject } from './containers.js'
import { isAppliedAgain, jobFields, releasedFoldersOf } from './jobs.js'
import { joinedFields } from './joined-fields.js'
import { objectSubject } from './object.js'
import { scratchFields } from './scratch.js'
import { awayInRollout, isRunning, isServed } from './serving.js'
import { spreadFaults, spreadOver } from './spread.js'
import { namingDecided, namingFault } from './stateful.js'
import { decidedOfContainer, decidedOfWorkload } from './overlays.js'
import { gracePeriodOf } from '../../system/manifests/unresponsive.js'

/** Versions before took the labels of the template where none was written. */
const SELECTOR_REQUIRED = new Set(['apps/v1', 'apps/v1beta2'])

export function workloadSubjects({ manifests, system }: Model): Subject[] {
  const releasedFolders = releasedFoldersOf(manifests)
  return manifests.objects.workloads.flatMap((workload) => {
    const component = system.runBy(workload)
    return [
      workloadSubject(workload, component, manifests, releasedFolders),
      ...workload.containers.map((container) => ({
        ...containerSubject(container, workload, component, manifests),
        decidedElsewhere: decidedOfContainer(container, workload, manifests),
      })),
    ]
  })
}

function workloadSubject(
  workload: Workload,
  component: Component | undefined,
  manifests: Manifests,
  releasedFolders: Set<string>,
): Subject {
  const instances = instancesOf(workload, manifests)
  const fieldsOf = (written: Workload): object =>
    joinedFields(
      settingFields(written, component),
      priorityFields(written, manifests),
      instanceFields(workload, instances, manifests),
      rolloutFields(written, instances),
      storageFields(written, instances, manifests),
      scratchFields(written, component?.kind ?? 'service'),
      shutdownFields(written, component),
      jobFields(written),
      {
        spreadOver: spreadOver(written, manifests),
        spreadFaults: spreadFaults(written, manifests),
        namingFault: written.kind === 'StatefulSet' ? namingFault(written, manifests) : null,
        runsOn: isRunning(workload, instances, manifests),
        served: isServed(workload, component?.kind ?? 'service', manifests),
        appliedAgain: isAppliedAgain(workload, manifests, releasedFolders),
      },
    )
  return {
    ...objectSubject('workload', workload, component, manifests),
    decidedElsewhere: {
      ...decidedOfWorkload(workload, instances, manifests),
      ...namingDecided(workload, manifests),
      ...selectorAdded(workload, manifests),
    },
    fields: fieldsOf(workload),
    elsewhere: (workload.elsewhere ?? []).map(({ environment, object }) => ({
      environment,
      fields: fieldsOf(object),
    })),
  }
}

/** What is written, by itself. */
function settingFields(workload: Workload, component: Component | undefined): object {
  return {
    name: workload.name,
    kind: workload.kind,
    namespace: workload.namespace,
    componentKind: component?.kind ?? 'service',
    managed: workload.kind !== 'Pod',
    spreadConstraints: workload.spreadConstraints.length,
    containers: workload.containers.map((container) => containerFields(container)),
    initContainers: workload.initContainers,
    restartPolicy: workload.restartPolicy,
    selectorMatches:
      Object.keys(workload.selector).length === 0 || selects(workload.selector, workload.podLabels),
    lacksSelector: workload.at['selector'] === undefined && SELECTOR_REQUIRED.has(workload.apiVersion),
  }
}

/** Kustomizations that add labels to all objects, and patches, write selectors that are not there. */
function selectorAdded(workload: Workload, manifests: Manifests): Record<string, string> {
  if (workload.at['selector'] !== undefined) return {}
  const labelling = manifests.kustomizations
    .deploymentsOf(workload)
    .find(({ by, podLabels }) => by !== null && Object.keys(podLabels).length > 0)
  const piece = manifests.patchesOf(workload).find(({ at }) => at['selector'] !== undefined)
  const by = piece?.source ?? labelling?.by?.source
  return by === undefined ? {} : { selector: `${formatSource(by)} may set its selector` }
}

function instanceFields(workload: Workload, instances: Instances, manifests: Manifests): object {
  const always = manifests.budgetsOf(workload).filter(({ where }) => where === 'always')
  return {
    instances: instances.least,
    mostInstances: mostInstances(instances),
    raisedByOverlay: mostInstances(instances) > instances.least,
    replicasWritten: workload.replicas !== null,
    scaled: manifests.autoscalersOf(workload).length > 0,
    budgets: always.map(({ object }) => budgetFields(object, instances.least)),
  }
}

function rolloutFields(workload: Workload, { least }: Instances): object {
  const { type, maxUnavailable } = workload.strategy
  return {
    strategy: type,
    maxUnavailable,
    rolloutRefusal: refusalOf('maxUnavailable', maxUnavailable, workload),
    awayInRollout: awayInRollout(workload, least),
  }
}

function priorityFields(workload: Workload, { priorities }: Manifests): object {
  return {
    priorityClass: workload.priorityClass,
    priorityGiven: priorities.isGiven(workload),
    priorityIsCustom: priorities.isCustom,
    priorityUsers: priorities.users,
    tasksAbove: priorities.tasksAbove(workload).map(({ kind, name }) => `${kind} ${name}`),
  }
}

function storageFields(workload: Workload, instances: Instances, manifests: Manifests): object {
  const volumesOf = (claim: string) => manifests.claims(claim, workload)
  const exclusive = (claim: string): boolean =>
    volumesOf(claim).some(({ accessModes }) => accessModes.every((mode) => mode.startsWith('ReadWriteOnce')))
  const isShared = mostInstances(instances) > 1 && workload.kind !== 'StatefulSet'
  return {
    claims: workload.claims,
    keepsData: workload.claims.length > 0 || workload.claimTemplates.length > 0,
    sharedExclusiveClaims: isShared ? workload.claims.filter(exclusive) : [],
    unseenClaims: workload.claims.filter((claim) => volumesOf(claim).length === 0),
  }
}

/** Which container runs the code is not known, so the bounds of the preStop hook are those of all. */
function shutdownFields(workload: Workload, component: Component | undefined): object {
  const hooks = workload.containers.map(({ preStop }) => preStop ?? { atLeastSeconds: 0, atMostSeconds: 0 })
  const most = hooks.map(({ atMostSeconds }) => atMostSeconds)
  return {
    gracePeriodSeconds: gracePeriodOf(workload),
    gracePeriodWritten: workload.terminationGracePeriodSeconds !== null,
    preStopAtLeastSeconds: Math.min(...hooks.map(({ atLeastSeconds }) => atLeastSeconds)),
    preStopAtMostSeconds: most.includes(null) ? null : Math.max(...most.map((seconds) => seconds ?? 0)),
    shutdownSeconds: component?.guards['graceful-shutdown']?.value ?? null,
  }
}
