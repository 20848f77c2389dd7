/** ServiceMonitor and PodMonitor of the Prometheus operator: who is scraped. */
import type { WrittenLabel } from './alert.js'
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
  endpoints: {
    port: string | null
    targetPort: string | null
    /** Null where it is left to Prometheus. */
    intervalSeconds: number | null
    writes: WrittenLabel[]
    source: Source
  }[]
  /** Label of the Service, or of the pod, whose value becomes the job. */
  jobLabel: string | null
}
