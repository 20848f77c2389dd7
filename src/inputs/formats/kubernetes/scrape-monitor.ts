/** ServiceMonitor and its like: which Services or pods Prometheus scrapes, at which of their ports, how often and under which names. */
import type { ScrapeDefaults, ScrapeJob } from '../../../facts/alert.js'
import type { CustomObject } from '../../../facts/custom-object.js'
import type { ScrapeMonitor } from '../../../facts/scrape-monitor.js'
import type { Field } from '../../field.js'
import { writtenBesides, writtenByRelabelling } from '../../scraping/labels.js'
import { readLabelSelector } from './label-selector.js'
import { manifestObject, placesOf } from './object.js'

export function readScrapeMonitor(object: Field, kind: ScrapeMonitor['kind']): ScrapeMonitor[] {
  const spec = object.get('spec')
  const endpoints = spec.get(kind === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints')
  return [
    {
      ...manifestObject(object, kind),
      fact: 'scrape-monitor',
      at: placesOf({ selector: spec.get('selector'), endpoints }),
      selector: readLabelSelector(spec.get('selector')),
      namespaces: namespacesOf(spec.get('namespaceSelector')),
      endpoints: endpoints.items().map((endpoint) => ({
        port: endpoint.get('port').text(),
        targetPort: endpoint.get('targetPort').text(),
        intervalSeconds: endpoint.get('interval').seconds(),
        writes: writtenByRelabelling(endpoint.get('relabelings')),
        source: endpoint.source,
      })),
      jobLabel: spec.get('jobLabel').text() || null,
    },
  ]
}

/** A ScrapeConfig is a job of its own, called after the object unless it says otherwise. */
export function readScrapeConfig(object: Field): ScrapeJob[] {
  const { source, namespace, name } = manifestObject(object, 'ScrapeConfig')
  const spec = object.get('spec')
  return [
    {
      fact: 'scrape-job',
      byMonitors: true,
      source,
      name: spec.get('jobName').text() ?? `scrapeConfig/${namespace}/${name}`,
      scrapeIntervalSeconds: spec.get('scrapeInterval').seconds(),
      writes: [
        ...writtenByRelabelling(spec.get('relabelings')),
        ...spec
          .get('staticConfigs')
          .items()
          .flatMap((targets) => writtenBesides(targets.get('labels'))),
      ],
    },
  ]
}

/** As the operator fills it in: 30 s where nothing is written. */
const OPERATOR_SECONDS = 30

/** A Prometheus object says for all its monitors how often they scrape; the pods are made by the operator. */
export function readPrometheus(object: Field): (ScrapeDefaults | CustomObject)[] {
  const spec = object.get('spec')
  const identity = manifestObject(object, 'Prometheus')
  return [
    {
      fact: 'scrape-defaults',
      source: identity.source,
      scrapeIntervalSeconds: spec.get('scrapeInterval').seconds() ?? OPERATOR_SECONDS,
      evaluationIntervalSeconds: spec.get('evaluationInterval').seconds() ?? OPERATOR_SECONDS,
      externalLabels: Object.keys(spec.get('externalLabels').texts()).sort(),
      byMonitors: true,
    },
    { ...identity, fact: 'custom-object' },
  ]
}

function namespacesOf(selector: Field): string[] | null {
  if (selector.get('any').value === true) return []
  const names = selector
    .get('matchNames')
    .items()
    .flatMap((name) => name.text() ?? [])
  return names.length > 0 ? names : null
}
