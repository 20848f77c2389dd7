/** ServiceMonitor and its like: which Services or pods are scraped, at which of their ports, how often and under which names. */
import type { ScrapeDefaults, ScrapeJob, WrittenLabel } from '../../../facts/alert.js'
import type { CustomObject } from '../../../facts/custom-object.js'
import type { MonitorKind, ScrapeMonitor } from '../../../facts/scrape-monitor.js'
import type { Field } from '../../field.js'
import { writtenBesides, writtenByRelabelling } from '../../scraping/labels.js'
import { readLabelSelector } from './label-selector.js'
import { manifestObject, placesOf } from './object.js'

type Kind = Pick<ScrapeMonitor, 'selects' | 'job' | 'operator'> & {
  /** Where its endpoints stand. */
  endpoints: string
  /** Steps that write labels, of an endpoint. */
  relabelling: string
}

const KINDS: Record<MonitorKind, Kind> = {
  ServiceMonitor: {
    selects: 'services',
    job: 'target',
    operator: 'prometheus',
    endpoints: 'endpoints',
    relabelling: 'relabelings',
  },
  PodMonitor: {
    selects: 'pods',
    job: 'namespace and name',
    operator: 'prometheus',
    endpoints: 'podMetricsEndpoints',
    relabelling: 'relabelings',
  },
  VMServiceScrape: {
    selects: 'services',
    job: 'target',
    operator: 'victoriametrics',
    endpoints: 'endpoints',
    relabelling: 'relabelConfigs',
  },
  VMPodScrape: {
    selects: 'pods',
    job: 'namespace and name',
    operator: 'victoriametrics',
    endpoints: 'podMetricsEndpoints',
    relabelling: 'relabelConfigs',
  },
  PodMonitoring: {
    selects: 'pods',
    job: 'name',
    operator: 'google',
    endpoints: 'endpoints',
    relabelling: '',
  },
  ClusterPodMonitoring: {
    selects: 'pods',
    job: 'name',
    operator: 'google',
    endpoints: 'endpoints',
    relabelling: '',
  },
}

export function readScrapeMonitor(object: Field, kind: MonitorKind): ScrapeMonitor[] {
  const spec = object.get('spec')
  const { endpoints: key, relabelling, ...identity } = KINDS[kind]
  const endpoints = spec.get(key)
  const ofTarget = labelsOfPods(spec.get('targetLabels'), identity.operator)
  return [
    {
      ...manifestObject(object, kind),
      ...identity,
      fact: 'scrape-monitor',
      at: placesOf({ selector: spec.get('selector'), endpoints }),
      selector: readLabelSelector(spec.get('selector')),
      namespaces: kind === 'ClusterPodMonitoring' ? [] : namespacesOf(spec.get('namespaceSelector')),
      endpoints: endpoints.items().map((endpoint) => ({
        port: portName(endpoint.get('port'), identity.operator),
        targetPort: endpoint.get('targetPort').text(),
        intervalSeconds: intervalOf(endpoint, identity.operator),
        writes: [...writtenByRelabelling(endpoint.get(relabelling)), ...ofTarget],
        source: endpoint.source,
      })),
      jobLabel: spec.get('jobLabel').text() || null,
    },
  ]
}

/** To Google's collectors a number is a port of any container, declared or not. */
function portName(port: Field, operator: ScrapeMonitor['operator']): string | null {
  return operator === 'google' && typeof port.value === 'number' ? null : port.text()
}

/** VictoriaMetrics has a second spelling, which wins. */
function intervalOf(endpoint: Field, operator: ScrapeMonitor['operator']): number | null {
  const other = operator === 'victoriametrics' ? endpoint.get('scrape_interval').seconds() : null
  return other ?? endpoint.get('interval').seconds()
}

/** Google's copy labels of pods: `{ from: app, to: application }`; those of the others are a list of names. */
function labelsOfPods(labels: Field, operator: ScrapeMonitor['operator']): WrittenLabel[] {
  if (operator !== 'google') return []
  return labels
    .get('fromPod')
    .items()
    .flatMap((mapping) => {
      const label = mapping.get('to').text() ?? mapping.get('from').text()
      return label === null ? [] : [{ label, value: null }]
    })
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
