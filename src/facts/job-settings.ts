/** What a Job, or the Job that a CronJob makes, is told about its runs and its end. Durations are seconds. */
export interface JobSettings {
  backoffLimit: number | null
  activeDeadlineSeconds: number | null
  ttlSecondsAfterFinished: number | null
  /** Several pods, each of which may fail. */
  isParallel: boolean
  /** Some failures end it at once (podFailurePolicy). */
  endsOnFailure: boolean
  /** The annotation of a tool that deletes it. */
  cleanedBy: string | null
  concurrencyPolicy: string | null
  startingDeadlineSeconds: number | null
  schedule: string | null
  /** Nothing is started until somebody takes it off. */
  isSuspended?: boolean
}
