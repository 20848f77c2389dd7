/** A summary of k6 as the result of a load test. It has no absolute time: it is no run, and says nothing of a fault. */
import type { LoadResult } from '../../../facts/load-result.js'
import type { Field } from '../../field.js'
import { isMapping, placed, plainText } from '../../chaos-tools/document.js'
import { experimentActions } from '../../../knowledge/experiment-actions.js'
import { readThresholds } from './thresholds.js'

export function readSummary(root: Field): LoadResult {
  const failed = valuesOf(root, 'http_req_failed')
  const milliseconds = countAt(root.get('state', 'testRunDurationMs'))
  return {
    fact: 'load-result',
    source: placed(root),
    format: 'k6',
    takenFor: namesIn([root, root.get('setup_data')]),
    durationSeconds: milliseconds === null ? null : milliseconds / 1000,
    requests: countAt(valuesOf(root, 'http_reqs').get('count')),
    // `passes` of this rate counts what it is a rate of: failed requests (grafana/k6#2386).
    failedRequests: countAt(failed.get('passes')),
    thresholds: readThresholds(root),
  }
}

function valuesOf(root: Field, metric: string): Field {
  const at = root.get('metrics', metric)
  return isMapping(at.get('values')) ? at.get('values') : at
}

/** A number that can be one: null, and a problem, for a negative one. */
export function countAt(field: Field): number | null {
  const value = field.number()
  if (value === null || value >= 0) return value
  field.problem(`${field.path.join('.')}: ${value} cannot be negative; it is not used`)
  return null
}

/** k6 names no run: only what the test put in by a name that says so. */
export function namesIn(places: Field[]): string[] {
  const names = places.flatMap((place) => experimentActions().runTags.map((tag) => plainText(place.get(tag))))
  return [...new Set(names.filter((name) => name !== null))]
}
