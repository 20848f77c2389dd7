/**
 * The structured summary of k6 (`--new-machine-readable-summary`, since 1.5; schema 1.0.0, as k6 2.2 writes it): metrics are a
 * list, the rate of failed requests counts `matches`, and what became of thresholds is not in it.
 */
import type { LoadResult } from '../../../facts/load-result.js'
import { isMapping, placed, plainText } from '../../chaos-tools/document.js'
import type { Field } from '../../field.js'
import { countAt, namesIn } from './summary.js'

/** The writer's names differ from those of its own types: either is read. */
const VERSION_KEYS = ['k6_version', 'k6Version']
const KNOWN_SCHEMA = /^v?1\./
const NO_THRESHOLDS = 'this form of the summary does not tell of thresholds'

export const STRUCTURED = /"k6_?version"\s*:/i

export function isStructured(root: Field): boolean {
  return (
    VERSION_KEYS.some((key) => root.get('metadata', key).exists) &&
    Array.isArray(root.get('results', 'metrics').value)
  )
}

export function readStructured(root: Field): LoadResult {
  const version = root.get('version')
  const schema = plainText(version)
  const isKnown = schema === null || KNOWN_SCHEMA.test(schema)
  if (!isKnown)
    version.problem(
      `version: ${schema.slice(0, 20)} is no schema of this summary that is known here: its figures are not used`,
    )
  return {
    fact: 'load-result',
    source: placed(root),
    format: 'k6',
    takenFor: namesIn([root]),
    durationSeconds: countAt(root.get('config', 'duration')),
    requests: isKnown ? countAt(valuesOf(root, 'http_reqs').get('count')) : null,
    // What it is a rate of are failed requests, so a match is one.
    failedRequests: isKnown ? countAt(valuesOf(root, 'http_req_failed').get('matches')) : null,
    thresholds: [],
    thresholdsUnknown: NO_THRESHOLDS,
  }
}

/** By its whole name: one with a filter, such as `http_reqs{status:200}`, is another. */
function valuesOf(root: Field, metric: string): Field {
  const metrics = root.get('results', 'metrics').items()
  const found = metrics.find((at) => isMapping(at) && plainText(at.get('name')) === metric)
  return (found ?? root.get('results')).get('values')
}
