/** ServiceMonitor and PodMonitor of the Prometheus operator: who is scraped. */
import type { ManifestObject } from './manifest-object.js'
import type { LabelSelector } from './label-selector.js'
import type { Source } from './source.js'

export interface ScrapeMonitor extends ManifestObject {
  fact: 'scrape-monitor'
  kind: 'ServiceMonitor' | 'PodMonitor'
  /** Labels of Services, or of pods. */
  selector: LabelSelector | null
  /** Null: only its own namespace; [] is any. */
  namespaces: string[] | null
  endpoints: { port: string | null; targetPort: string | null; source: Source }[]
}
