/** Jobs and CronJobs: what their settings amount to. */
import { daysBetweenRuns, runsAtMostDaily } from '../../facts/cron.js'
import type { Workload } from '../../facts/kubernetes.js'
import { folderOf } from '../../system/manifests/folders.js'
import type { Manifests } from '../../system/manifests/manifests.js'
import { runsOn } from '../../system/workloads.js'

/** Kubernetes' defaults: six retries, 10 s before the first, twice as long before each next one, 6 min at most. */
const DEFAULT_BACKOFF_LIMIT = 6
const FIRST_DELAY_SECONDS = 10
const LONGEST_DELAY_SECONDS = 360

export function jobFields({ job }: Workload): object {
  const limit = job?.backoffLimit ?? DEFAULT_BACKOFF_LIMIT
  return {
    backoffLimit: job?.backoffLimit ?? null,
    retrySeconds: retrySeconds(limit),
    isParallel: job?.isParallel ?? false,
    endsOnFailure: job?.endsOnFailure ?? false,
    activeDeadlineSeconds: job?.activeDeadlineSeconds ?? null,
    ttlSecondsAfterFinished: job?.ttlSecondsAfterFinished ?? null,
    cleanedBy: job?.cleanedBy ?? null,
    concurrencyPolicy: job?.concurrencyPolicy ?? null,
    schedule: job?.schedule ?? null,
    suspended: job?.isSuspended ?? false,
    atMostDaily: typeof job?.schedule === 'string' ? runsAtMostDaily(job.schedule) : null,
    startingDeadlineSeconds: job?.startingDeadlineSeconds ?? null,
    replacedAfterDays: replacedAfterDays(job),
  }
}

/** The longest that a run can go on until the next one replaces it, in days; null where none does, or nobody can tell when. */
function replacedAfterDays(job: Workload['job']): number | null {
  if (job?.concurrencyPolicy !== 'Replace' || job.isSuspended) return null
  return typeof job.schedule === 'string' ? daysBetweenRuns(job.schedule) : null
}

/** A release brings it along with what runs on; one that stands alone may be applied once, by hand or by a script. */
export function isAppliedAgain(
  workload: Workload,
  { kustomizations }: Manifests,
  releasedFolders: Set<string>,
): boolean {
  // Kubernetes makes the rest of such a name, for every run another one.
  const isGenerated = workload.name.endsWith('-')
  const isRendered =
    workload.renderedFrom !== undefined ||
    kustomizations.deploymentsOf(workload).some(({ by }) => by !== null)
  return isGenerated || isRendered || releasedFolders.has(folderOf(workload.source.path))
}

/** Folders of what runs on: a release brings along what else stands in them. */
export function releasedFoldersOf({ objects }: Manifests): Set<string> {
  return new Set(objects.workloads.filter(runsOn).map(({ source }) => folderOf(source.path)))
}

/** Waiting between the retries of one pod, all together. */
function retrySeconds(retries: number): number {
  const growing = Math.ceil(Math.log2(LONGEST_DELAY_SECONDS / FIRST_DELAY_SECONDS))
  const doubled = Math.min(retries, growing)
  return FIRST_DELAY_SECONDS * (2 ** doubled - 1) + LONGEST_DELAY_SECONDS * Math.max(0, retries - growing)
}
