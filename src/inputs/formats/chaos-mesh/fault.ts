/** What a fault of Chaos Mesh does to whom, as its spec says. */
import type { Between } from '../../../facts/experiment.js'
import { parseDuration } from '../../../facts/units.js'
import { chaosObjects } from '../../../knowledge/chaos-objects.js'
import { faultVocabulary, normaliseFault } from '../../../knowledge/faults.js'
import { targetByLabels } from '../../chaos-objects.js'
import type { Field } from '../../field.js'

export interface FaultSpec {
  kind: string
  action: string | null
  /** Of the fault vocabulary; null when it is not in it. */
  fault: string | null
  /** What the fault is felt at: the calls of it are slow, fail or go nowhere. Null where it is between two services. */
  target: string | null
  between: Between | null
  /** Whether it says what it may hit at all. */
  scoped: boolean
  /** Ends with no doing of anybody: after its duration, or at once. */
  endsByItself: boolean
  oneShot: boolean
}

/** First letters as the API writes them differ per kind: `podChaos`, `physicalmachineChaos`. */
export function faultBelow(field: Field, kind: string): Field | null {
  const found = field.entries().find(([key]) => key.toLowerCase() === kind.toLowerCase())
  return found ? found[1] : null
}

export function isFaultKind(kind: string): boolean {
  return chaosObjects().chaosMesh.faults.includes(kind)
}

/** `deadline`: of the template of a workflow around it, which ends the fault as well. */
export function faultSpecOf(kind: string, spec: Field, deadline: string | null = null): FaultSpec {
  const action = spec.get('action').text()
  const { oneShot, targets } = chaosObjects().chaosMesh
  const isOneShot = action !== null && oneShot.includes(action)
  const direct = targets.flatMap((name) => namesAt(spec.get(name)))
  const between = waysBetween(spec)
  const named = targetOfSelector(spec.get('selector')) ?? (direct.length === 1 ? direct[0]! : null)
  const duration = spec.get('duration').text() ?? deadline
  return {
    kind,
    action,
    fault: normaliseFault(wordsOf(kind, action, spec), faultVocabulary()),
    target: between ? null : (outside(spec) ?? named),
    between,
    scoped: spec.get('selector').entries().length > 0 || direct.length > 0,
    endsByItself: isOneShot || (duration !== null && parseDuration(duration) !== 0),
    oneShot: isOneShot,
  }
}

/** A fault without an action says what it does by its fields: `stressors.cpu`, `abort`, `replace.code`. */
function wordsOf(kind: string, action: string | null, spec: Field): string {
  const stressors = spec.get('stressors').entries()
  if (stressors.length > 0) return `${kind} ${stressors[0]![0]}`
  if (kind === 'KernelChaos')
    return `${kind} failtype ${spec.get('failKernRequest', 'failtype').text() ?? ''}`
  if (action === 'stress') return `${kind} ${spec.get('cpuCount').exists ? 'cpu' : 'memory'}`
  if (action === 'netem') {
    const first = ['delay', 'loss', 'duplicate', 'corrupt', 'rate'].find((name) => spec.get(name).exists)
    return `${kind} ${first ?? ''}`
  }
  if (action === 'mysql') return `${kind} ${spec.get('latency').exists ? 'latency' : 'exception'}`
  if (kind !== 'HTTPChaos' || action !== null) return `${kind} ${action ?? ''}`
  if (spec.get('abort').value === true) return `${kind} abort`
  if (spec.get('delay').exists) return `${kind} delay`
  return (spec.get('replace', 'code').number() ?? 0) >= 400 ? `${kind} status-code` : `${kind}`
}

/** Packets to a place outside are touched on their way there: to those who are selected, that place looks broken. */
function outside(spec: Field): string | null {
  const hosts = spec.get('externalTargets').items()
  return hosts.length === 1 && spec.get('direction').text()?.toLowerCase() !== 'from'
    ? hosts[0]!.text()
    : null
}

/** Between two services it depends on who calls whom: requests that are late and answers that are late look the same. */
function waysBetween(spec: Field): Between | null {
  const [here, there] = [spec.get('selector'), spec.get('target', 'selector')].map(targetOfSelector)
  return here && there && here !== there ? [here, there] : null
}

function targetOfSelector(selector: Field): string | null {
  if (!selector.exists) return null
  const named = targetByLabels(selector.get('labelSelectors').texts())
  if (named !== null) return named
  for (const expression of selector.get('expressionSelectors').items()) {
    const [value, ...others] = expression.get('values').items()
    if (expression.get('operator').value !== 'In' || value === undefined || others.length > 0) continue
    const target = targetByLabels({ [expression.get('key').text() ?? '']: value.text() ?? '' })
    if (target !== null) return target
  }
  return onlyOne([...selector.get('pods').entries(), ...selector.get('physicalMachines').entries()])
}

function onlyOne(named: [string, Field][]): string | null {
  const names = named.flatMap(([, list]) => namesAt(list))
  return names.length === 1 ? names[0]! : null
}

function namesAt(field: Field): string[] {
  if (!field.exists) return []
  if (!Array.isArray(field.value)) return typeof field.value === 'string' ? [field.value] : []
  return field.items().flatMap((item) => item.text() ?? [])
}
