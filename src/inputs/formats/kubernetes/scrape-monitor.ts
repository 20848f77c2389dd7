/** ServiceMonitor and PodMonitor: which Services or pods Prometheus scrapes, at which of their ports. */
import type { ScrapeMonitor } from '../../../facts/scrape-monitor.js'
import type { Field } from '../../field.js'
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
        source: endpoint.source,
      })),
    },
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
