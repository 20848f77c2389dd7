/** Everything that runs pods, from a bare Pod to a CronJob. */
import type { Workload } from '../../../facts/kubernetes.js'
import type { Field } from '../../field.js'
import { readContainer } from './container.js'
import { amountOf, manifestObject, placesOf, selectorOf } from './object.js'

export function readWorkload(object: Field, kind: Workload['kind']): Workload[] {
  const spec = object.get('spec')
  const jobSpec = kind === 'CronJob' ? spec.get('jobTemplate', 'spec') : spec
  const template = kind === 'Pod' ? object : jobSpec.get('template')
  const pod = template.get('spec')
  const replicas = spec.get('replicas')
  const strategy =
    kind === 'StatefulSet' || kind === 'DaemonSet' ? spec.get('updateStrategy') : spec.get('strategy')
  const maxUnavailable = strategy.get('rollingUpdate', 'maxUnavailable')
  const containers = [
    ...pod.get('containers').items(),
    ...pod.get('initContainers').items().filter(isSidecar),
  ]
  const identity = manifestObject(object, kind)
  const count = replicas.number()
  return [
    {
      ...identity,
      fact: 'workload',
      at: placesOf({
        replicas,
        strategy,
        maxUnavailable,
        selector: spec.get('selector'),
        terminationGracePeriodSeconds: pod.get('terminationGracePeriodSeconds'),
        topologySpreadConstraints: pod.get('topologySpreadConstraints'),
        affinity: pod.get('affinity'),
        priorityClass: pod.get('priorityClassName'),
        restartPolicy: pod.get('restartPolicy'),
        volumes: pod.get('volumes'),
        containers: pod.get('containers'),
        backoffLimit: jobSpec.get('backoffLimit'),
        activeDeadlineSeconds: jobSpec.get('activeDeadlineSeconds'),
        concurrencyPolicy: spec.get('concurrencyPolicy'),
        schedule: spec.get('schedule'),
      }),
      // A number that cannot be read (a placeholder, say) must not be judged as if it had been left out.
      fragment: identity.fragment || containers.length === 0 || (replicas.exists && count === null),
      replicas: count,
      podLabels: template.get('metadata', 'labels').texts(),
      selector:
        kind === 'ReplicationController' ? spec.get('selector').texts() : selectorOf(spec.get('selector')),
      strategy: {
        type: strategy.get('type').text(),
        maxUnavailable: amountOf(maxUnavailable),
        maxSurge: strategy.get('rollingUpdate', 'maxSurge').text(),
      },
      progressDeadlineSeconds: spec.get('progressDeadlineSeconds').number(),
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
      job: kind === 'Job' || kind === 'CronJob' ? readJob(spec, jobSpec) : null,
      containers: containers.map(readContainer),
      initContainers: pod
        .get('initContainers')
        .items()
        .flatMap((container) => (isSidecar(container) ? [] : (container.get('name').text() ?? []))),
    },
  ]
}

/** An init container that always restarts runs as long as the pod does. */
function isSidecar(container: Field): boolean {
  return container.get('restartPolicy').value === 'Always'
}

function readJob(spec: Field, jobSpec: Field): Workload['job'] {
  return {
    backoffLimit: jobSpec.get('backoffLimit').number(),
    activeDeadlineSeconds: jobSpec.get('activeDeadlineSeconds').number(),
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
