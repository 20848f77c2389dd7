/** What a Job, or the Job that a CronJob makes, is told about its end. */
import type { Workload } from '../../../facts/kubernetes.js'
import { workloadKinds } from '../../../knowledge/manifests/workload-kinds.js'
import type { Field } from '../../field.js'

/** `spec` is that of a CronJob where the two differ. */
export function readJob(object: Field, spec: Field, job: Field): Workload['job'] {
  const annotations = object.get('metadata', 'annotations')
  return {
    backoffLimit: job.get('backoffLimit').number(),
    activeDeadlineSeconds: job.get('activeDeadlineSeconds').number(),
    ttlSecondsAfterFinished: job.get('ttlSecondsAfterFinished').number(),
    isParallel: ['completions', 'parallelism'].some((name) => isMoreThanOne(job.get(name))),
    endsOnFailure: job
      .get('podFailurePolicy', 'rules')
      .items()
      .some((rule) => rule.get('action').value === 'FailJob'),
    cleanedBy: cleanerIn(annotations.texts()),
    concurrencyPolicy: spec.get('concurrencyPolicy').text(),
    startingDeadlineSeconds: spec.get('startingDeadlineSeconds').number(),
    schedule: spec.get('schedule').text(),
    isSuspended: spec.get('suspend').value === true,
  }
}

/** An annotation of a tool that deletes the Job. */
function cleanerIn(annotations: Record<string, string>): string | null {
  const cleaners = Object.entries(workloadKinds().jobCleaners)
  const found = cleaners.find(([annotation, values]) => {
    const written = annotations[annotation]
    return written !== undefined && (values.length === 0 || values.some((value) => written.includes(value)))
  })
  return found?.[0] ?? null
}

/** What cannot be read may be more. */
function isMoreThanOne(count: Field): boolean {
  return count.exists && (count.number() ?? 2) > 1
}
