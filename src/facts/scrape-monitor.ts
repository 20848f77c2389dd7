/** ServiceMonitor and PodMonitor of the Prometheus operator, and their like of other operators: who is scraped. */
import type { WrittenLabel } from './alert.js'
import type { ManifestObject } from './manifest-object.js'
import type { LabelSelector } from './label-selector.js'
import type { Source } from './source.js'

export const MONITOR_KINDS = [
  'ServiceMonitor',
  'PodMonitor',
  'VMServiceScrape',
  'VMPodScrape',
  'PodMonitoring',
  'ClusterPodMonitoring',
] as const
export type MonitorKind = (typeof MONITOR_KINDS)[number]

export interface ScrapeMonitor extends ManifestObject {
  fact: 'scrape-monitor'
  kind: MonitorKind
  selects: 'services' | 'pods'
  /** What the series are called by where no label says so: after the target, or after the object itself. */
  job: 'target' | 'namespace and name' | 'name'
  /** Whose agent scrapes it: what a Prometheus object says holds for those of its own operator. */
  operator: 'prometheus' | 'victoriametrics' | 'google'
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
