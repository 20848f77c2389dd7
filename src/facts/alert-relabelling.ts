/** `alerting.alert_relabel_configs` of Prometheus, and AlertRelabelConfig of OpenShift: what becomes of the labels of alerts before they are sent. */
import type { Source } from './source.js'

export interface AlertRelabelling {
  fact: 'alert-relabelling'
  source: Source
  steps: RelabelStep[]
  /** Only alerts of the platform go through it, and which those are is not told by their rules. */
  forPlatform?: true
}

/** As in relabel_config, with its defaults filled in. */
export interface RelabelStep {
  source: Source
  /** In lower case; Prometheus' default is `replace`. */
  action: string
  labels: string[]
  separator: string
  pattern: string
  /** The label that is written, for actions that write one. */
  target: string | null
}
