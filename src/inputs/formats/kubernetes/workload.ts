/** Everything that runs pods, from a bare Pod to a CronJob. */
import type { Workload } from '../../../facts/kubernetes.js'
import type { Field } from '../../field.js'
import { readContainer, readVariable, wordsOf } from './container.js'
import { readImageTriggers } from './image-triggers.js'
import { drainRemarkIn } from '../../drain-remark.js'
import { readJob } from './job.js'
import { amountOf, manifestObject, placesOf, selectorOf } from './object.js'
import { markedValue, unreadNumbers, unreadWords } from './placeholders.js'
import { readReferences } from './references.js'
import { readAntiAffinity, readConstraint } from './spread.js'
import { readStartWaits } from './start-waits.js'

/** The parts of a workload's manifest, which stand elsewhere for each kind. */
interface Parts {
  spec: Field
  /** Of the Job that a CronJob makes; the spec itself for the others. */
  job: Field
  template: Field
  pod: Field
  strategy: Field
  /** Those that run as long as the pod does. */
  containers: Field[]
}

export function readWorkload(object: Field, kind: Workload['kind']): Workload[] {
  const parts = partsOf(object, kind)
  const identity = manifestObject(object, kind, kind === 'Pod' ? null : parts.template)
  const replicas = parts.spec.get('replicas')
  const count = replicas.number()
  // A number that cannot be read (a placeholder, say) must not be judged as if it had been left out.
  const isUnreadable = replicas.exists && count === null
  const placeholders = placeholdersIn(parts)
  const triggered = readImageTriggers(object)
  const drainRemark = drainRemarkIn(parts.template.ownComments)
  // Spread into one literal, that many fields cost V8 ten times as much.
  return [
    Object.assign(
      identity,
      {
        fact: 'workload' as const,
        at: placesIn(parts),
        fragment: identity.fragment || isPiece(parts, kind) || isUnreadable,
        replicas: count,
        podLabels: parts.template.get('metadata', 'labels').texts(),
        podAnnotations: parts.template.get('metadata', 'annotations').texts(),
        selector: readSelector(parts.spec.get('selector'), kind),
        strategy: readStrategy(parts.strategy),
        claimTemplates: parts.spec
          .get('volumeClaimTemplates')
          .items()
          .flatMap((claim) => claim.get('metadata', 'name').text() ?? []),
        serviceName: parts.spec.get('serviceName').text(),
        progressDeadlineSeconds: parts.spec.get('progressDeadlineSeconds').number(),
      },
      readPod(parts.pod),
      {
        references: readReferences(parts.pod),
        startWaits: waitsOf(parts.pod),
        ...(drainRemark !== null && { drainRemark }),
        ...(triggered.length > 0 && { imageTriggers: triggered }),
        job: kind === 'Job' || kind === 'CronJob' ? readJob(object, parts.spec, parts.job) : null,
        containers: parts.containers.map(readContainer),
        ...(Object.keys(placeholders).length > 0 && { placeholders }),
      },
    ),
  ]
}

function partsOf(object: Field, kind: Workload['kind']): Parts {
  const spec = object.get('spec')
  const job = kind === 'CronJob' ? spec.get('jobTemplate', 'spec') : spec
  const template = kind === 'Pod' ? object : job.get('template')
  const pod = template.get('spec')
  const isUpdated = kind === 'StatefulSet' || kind === 'DaemonSet'
  return {
    spec,
    job,
    template,
    pod,
    strategy: spec.get(isUpdated ? 'updateStrategy' : 'strategy'),
    containers: [...pod.get('containers').items(), ...pod.get('initContainers').items().filter(isSidecar)],
  }
}

/**
 * Without an image it changes what something else makes: a Pod, such as those of kubeadm, or a workload that neither selects
 * pods nor gives them labels.
 */
function isPiece({ containers, spec, template }: Parts, kind: Workload['kind']): boolean {
  const isWithoutImage = containers.every((container) => !container.get('image').exists)
  const hasPodsOfItsOwn = spec.get('selector').exists || template.get('metadata', 'labels').exists
  return containers.length === 0 || (isWithoutImage && (kind === 'Pod' || !hasPodsOfItsOwn))
}

/** An init container that always restarts runs as long as the pod does. */
function isSidecar(container: Field): boolean {
  return container.get('restartPolicy').value === 'Always'
}

function placesIn({ spec, job, pod, strategy }: Parts): Workload['at'] {
  return placesOf({
    replicas: spec.get('replicas'),
    strategy,
    maxUnavailable: rollingOf(strategy).get('maxUnavailable'),
    selector: spec.get('selector'),
    serviceName: spec.get('serviceName'),
    terminationGracePeriodSeconds: pod.get('terminationGracePeriodSeconds'),
    topologySpreadConstraints: pod.get('topologySpreadConstraints'),
    affinity: pod.get('affinity'),
    priorityClass: pod.get('priorityClassName'),
    restartPolicy: pod.get('restartPolicy'),
    volumes: pod.get('volumes'),
    containers: pod.get('containers'),
    backoffLimit: job.get('backoffLimit'),
    activeDeadlineSeconds: job.get('activeDeadlineSeconds'),
    ttlSecondsAfterFinished: job.get('ttlSecondsAfterFinished'),
    concurrencyPolicy: spec.get('concurrencyPolicy'),
    startingDeadlineSeconds: spec.get('startingDeadlineSeconds'),
    schedule: spec.get('schedule'),
  })
}

function placeholdersIn({ spec, job, pod }: Parts): Record<string, string> {
  const replicas = markedValue(spec.get('replicas'), 'any')
  const numbers = ['backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished']
  return {
    ...unreadNumbers(Object.fromEntries(numbers.map((name) => [name, job.get(name)]))),
    ...unreadNumbers({ startingDeadlineSeconds: spec.get('startingDeadlineSeconds') }),
    ...(replicas !== null && { replicas }),
    ...unreadWords({ restartPolicy: pod.get('restartPolicy') }),
  }
}

/** The selector of the oldest kinds is labels alone. */
function readSelector(selector: Field, kind: Workload['kind']): Workload['selector'] {
  const isLabels = kind === 'ReplicationController' || kind === 'DeploymentConfig'
  return isLabels ? selector.texts() : selectorOf(selector)
}

/** OpenShift's DeploymentConfig has other words for the same. */
function rollingOf(strategy: Field): Field {
  const own = strategy.get('rollingParams')
  return own.exists ? own : strategy.get('rollingUpdate')
}

function readStrategy(strategy: Field): Workload['strategy'] {
  return {
    type: strategy.get('type').text(),
    maxUnavailable: amountOf(rollingOf(strategy).get('maxUnavailable')),
    maxSurge: rollingOf(strategy).get('maxSurge').text(),
  }
}

type Pod = Pick<
  Workload,
  | 'terminationGracePeriodSeconds'
  | 'antiAffinity'
  | 'spreadConstraints'
  | 'priorityClass'
  | 'restartPolicy'
  | 'serviceAccount'
  | 'hostNetwork'
  | 'dnsPolicy'
  | 'claims'
  | 'lastingVolumes'
  | 'scratchVolumes'
  | 'initContainers'
>

function readPod(pod: Field): Pod {
  const volumes = pod.get('volumes').items()
  return {
    terminationGracePeriodSeconds: pod.get('terminationGracePeriodSeconds').number(),
    antiAffinity: readAntiAffinity(pod),
    spreadConstraints: pod.get('topologySpreadConstraints').items().map(readConstraint),
    priorityClass: pod.get('priorityClassName').text(),
    restartPolicy: pod.get('restartPolicy').text(),
    serviceAccount: pod.get('serviceAccountName').text() ?? pod.get('serviceAccount').text(),
    hostNetwork: pod.get('hostNetwork').value === true,
    dnsPolicy: pod.get('dnsPolicy').text(),
    claims: volumes.flatMap((volume) => volume.get('persistentVolumeClaim', 'claimName').text() ?? []),
    lastingVolumes: volumes.filter(outlives).flatMap((volume) => volume.get('name').text() ?? []),
    scratchVolumes: volumes.flatMap(scratchVolume),
    initContainers: pod
      .get('initContainers')
      .items()
      .flatMap((container) => (isSidecar(container) ? [] : (container.get('name').text() ?? []))),
  }
}

function waitsOf(pod: Field): Workload['startWaits'] {
  const first = pod
    .get('initContainers')
    .items()
    .filter((container) => !isSidecar(container))
  return [...first, ...pod.get('containers').items()].flatMap((container) =>
    readStartWaits(
      container,
      wordsOf(container),
      container.get('env').items().flatMap(readVariable),
      first.includes(container),
    ),
  )
}

/** All but those that begin empty with the pod, or hold what is written elsewhere. */
function outlives(volume: Field): boolean {
  const others = ['emptyDir', 'configMap', 'secret', 'projected', 'downwardAPI']
  return !others.some((kind) => volume.get(kind).exists)
}

/** One in memory counts towards the memory limit. */
function scratchVolume(volume: Field): Workload['scratchVolumes'] {
  const directory = volume.get('emptyDir')
  const name = volume.get('name').text()
  if (name === null || !directory.exists || directory.get('medium').value === 'Memory') return []
  return [{ name, hasLimit: directory.get('sizeLimit').exists }]
}
