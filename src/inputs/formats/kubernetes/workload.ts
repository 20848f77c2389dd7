/** Everything that runs pods, from a bare Pod to a CronJob. */
import type { Workload } from '../../../facts/kubernetes.js'
import type { Field } from '../../field.js'
import { readContainer } from './container.js'
import { amountOf, manifestObject, placesOf, selectorOf } from './object.js'

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
  const identity = manifestObject(object, kind)
  const replicas = parts.spec.get('replicas')
  const count = replicas.number()
  // A number that cannot be read (a placeholder, say) must not be judged as if it had been left out.
  const isUnreadable = replicas.exists && count === null
  return [
    {
      ...identity,
      fact: 'workload',
      at: placesIn(parts),
      fragment: identity.fragment || parts.containers.length === 0 || isUnreadable,
      replicas: count,
      podLabels: parts.template.get('metadata', 'labels').texts(),
      podAnnotations: parts.template.get('metadata', 'annotations').texts(),
      selector: readSelector(parts.spec.get('selector'), kind),
      strategy: readStrategy(parts.strategy),
      progressDeadlineSeconds: parts.spec.get('progressDeadlineSeconds').number(),
      ...readPod(parts.pod),
      job: kind === 'Job' || kind === 'CronJob' ? readJob(parts) : null,
      containers: parts.containers.map(readContainer),
    },
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

/** An init container that always restarts runs as long as the pod does. */
function isSidecar(container: Field): boolean {
  return container.get('restartPolicy').value === 'Always'
}

function placesIn({ spec, job, pod, strategy }: Parts): Workload['at'] {
  return placesOf({
    replicas: spec.get('replicas'),
    strategy,
    maxUnavailable: strategy.get('rollingUpdate', 'maxUnavailable'),
    selector: spec.get('selector'),
    terminationGracePeriodSeconds: pod.get('terminationGracePeriodSeconds'),
    topologySpreadConstraints: pod.get('topologySpreadConstraints'),
    affinity: pod.get('affinity'),
    priorityClass: pod.get('priorityClassName'),
    restartPolicy: pod.get('restartPolicy'),
    volumes: pod.get('volumes'),
    containers: pod.get('containers'),
    backoffLimit: job.get('backoffLimit'),
    activeDeadlineSeconds: job.get('activeDeadlineSeconds'),
    concurrencyPolicy: spec.get('concurrencyPolicy'),
    schedule: spec.get('schedule'),
  })
}

/** A ReplicationController's selector is labels alone. */
function readSelector(selector: Field, kind: Workload['kind']): Workload['selector'] {
  return kind === 'ReplicationController' ? selector.texts() : selectorOf(selector)
}

function readStrategy(strategy: Field): Workload['strategy'] {
  return {
    type: strategy.get('type').text(),
    maxUnavailable: amountOf(strategy.get('rollingUpdate', 'maxUnavailable')),
    maxSurge: strategy.get('rollingUpdate', 'maxSurge').text(),
  }
}

type Pod = Pick<
  Workload,
  | 'terminationGracePeriodSeconds'
  | 'spreadOver'
  | 'priorityClass'
  | 'restartPolicy'
  | 'serviceAccount'
  | 'hostNetwork'
  | 'claims'
  | 'initContainers'
>

function readPod(pod: Field): Pod {
  return {
    terminationGracePeriodSeconds: pod.get('terminationGracePeriodSeconds').number(),
    spreadOver: spreadOf(pod),
    priorityClass: pod.get('priorityClassName').text(),
    restartPolicy: pod.get('restartPolicy').text(),
    serviceAccount: pod.get('serviceAccountName').text() ?? pod.get('serviceAccount').text(),
    hostNetwork: pod.get('hostNetwork').value === true,
    claims: pod
      .get('volumes')
      .items()
      .flatMap((volume) => volume.get('persistentVolumeClaim', 'claimName').text() ?? []),
    initContainers: pod
      .get('initContainers')
      .items()
      .flatMap((container) => (isSidecar(container) ? [] : (container.get('name').text() ?? []))),
  }
}

function readJob({ spec, job }: Parts): Workload['job'] {
  return {
    backoffLimit: job.get('backoffLimit').number(),
    activeDeadlineSeconds: job.get('activeDeadlineSeconds').number(),
    concurrencyPolicy: spec.get('concurrencyPolicy').text(),
    startingDeadlineSeconds: spec.get('startingDeadlineSeconds').number(),
    schedule: spec.get('schedule').text(),
  }
}

function spreadOf(pod: Field): string[] {
  const antiAffinity = pod.get('affinity', 'podAntiAffinity')
  const terms = [
    ...pod.get('topologySpreadConstraints').items(),
    ...antiAffinity.get('requiredDuringSchedulingIgnoredDuringExecution').items(),
    ...antiAffinity
      .get('preferredDuringSchedulingIgnoredDuringExecution')
      .items()
      .map((term) => term.get('podAffinityTerm')),
  ]
  return [...new Set(terms.flatMap((term) => term.get('topologyKey').text() ?? []))].sort()
}
