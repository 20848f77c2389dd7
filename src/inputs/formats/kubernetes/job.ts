/** What a Job, or the Job that a CronJob makes, is told about its end. */
import type { Workload } from '../../../facts/kubernetes.js'
import { workloadKinds } from '../../../knowledge/workload-kinds.js'
import type { Field } from '../../field.js'

/** `spec` is that of a CronJob where the two differ. */
export function readJob(object: Field, spec: Field, job: Field): Workload['job'] {
  const annotations = object.get('metadata', 'annotations')
  return {
    backoffLimit: job.get('backoffLimit').number(),
    activeDeadlineSeconds: job.get('activeDeadlineSeconds').number(),
    ttlSecondsAfterFinished: job.get('ttlSecondsAfterFinished').number(),
    isParallel: ['completions', 'parallelism'].some((name) => isMoreThanOne(job.get(name))),
    cleanedBy: workloadKinds().jobCleaners.find((annotation) => annotations.get(annotation).exists) ?? null,
    concurrencyPolicy: spec.get('concurrencyPolicy').text(),
    startingDeadlineSeconds: spec.get('startingDeadlineSeconds').number(),
    schedule: spec.get('schedule').text(),
  }
}

/** What cannot be read may be more. */
function isMoreThanOne(count: Field): boolean {
  return count.exists && (count.number() ?? 2) > 1
}
