import { describe, expect, it } from 'vitest'
import { jobFields } from '../../src/rules/subjects/jobs.js'
import { workload } from '../system/manifests.js'

const JOB = {
  backoffLimit: null,
  activeDeadlineSeconds: null,
  ttlSecondsAfterFinished: null,
  isParallel: false,
  endsOnFailure: false,
  cleanedBy: null,
  concurrencyPolicy: null,
  startingDeadlineSeconds: null,
  schedule: null,
}

describe('the time between retries', () => {
  it.each([
    [0, 0],
    [1, 10],
    [2, 30],
    [5, 310],
    [6, 630],
    [7, 990],
    [20, 5670],
    [null, 630],
  ])('backoffLimit %s: %d s', (backoffLimit, seconds) => {
    const job = workload('report', { kind: 'Job', job: { ...JOB, backoffLimit } })
    expect(jobFields(job)).toMatchObject({ backoffLimit, retrySeconds: seconds })
  })
})
