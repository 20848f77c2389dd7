/** What Prometheus does to the labels of alerts before it sends them: adds some, rewrites some, and drops alerts. Those of Grafana it never sees. */
import type { AlertRule } from '../../facts/alert.js'
import type { AlertRelabelling, RelabelStep } from '../../facts/alert-relabelling.js'
import { grafana } from '../../knowledge/alerts/grafana.js'
import { patternOf } from './alerts.js'
import { valueOf, type ExternalLabels, type Truth } from './routed-alerts.js'

/** Labels that Grafana gives its alerts; the folder, for one, is none that routes could not ask for. */
export const OF_GRAFANA: ExternalLabels = {
  includes: (label) => grafana().ownLabels.includes(label) || label.startsWith('__'),
}

export class Relabelling implements ExternalLabels {
  readonly #steps: RelabelStep[]
  readonly #added: ReadonlySet<string>
  /** Whether all alerts that were read go through the same steps. */
  readonly #isOnly: boolean

  /** `servers`: how many configurations of Prometheus were read. */
  constructor(added: readonly string[], relabellings: AlertRelabelling[], servers: number) {
    this.#added = new Set(added)
    this.#steps = relabellings.flatMap(({ steps }) => steps)
    this.#isOnly =
      relabellings.length === 1 && servers <= 1 && relabellings.every(({ forPlatform }) => !forPlatform)
  }

  includes(label: string): boolean {
    return this.#added.has(label)
  }

  rewrites(label: string): boolean {
    return this.#steps.some((step) => rewrites(step, label))
  }

  /** Some step drops alerts. */
  get mayDrop(): boolean {
    return this.#steps.some(isSieve)
  }

  /** Whether an alert is never sent. */
  drops(alert: AlertRule): Truth {
    if (alert.grafana) return 'no'
    const truths = this.#steps.filter(isSieve).map((step) => this.#dropsBy(step, alert))
    if (truths.includes('yes')) return this.#isOnly ? 'yes' : 'maybe'
    return truths.includes('maybe') ? 'maybe' : 'no'
  }

  #dropsBy({ labels, separator, pattern, action }: RelabelStep, alert: AlertRule): Truth {
    const values = labels.map((label) => valueOf(label, alert, this))
    const accepts = patternOf(pattern)
    if (accepts === null || values.includes(null)) return 'maybe'
    return accepts(values.join(separator)) === (action === 'drop') ? 'yes' : 'no'
  }
}

function isSieve({ action }: RelabelStep): boolean {
  return action === 'drop' || action === 'keep'
}

function rewrites({ action, pattern, target }: RelabelStep, label: string): boolean {
  if (action === 'labelmap') return true
  if (action === 'labeldrop') return patternOf(pattern)?.(label) ?? true
  if (action === 'labelkeep') return !(patternOf(pattern)?.(label) ?? false)
  return target === label
}
