/** What an experiment of an engine hits: its own variables, else the application of the engine. */
import { chaosObjects } from '../../../knowledge/chaos-objects.js'
import { targetByLabels } from '../../chaos-objects.js'
import type { Field } from '../../field.js'
import { written } from './written.js'

export interface LitmusTarget {
  target: string | null
  /** Whether it says what it may hit at all. */
  scoped: boolean
}

export function targetOf(engine: Field, variables: Map<string, string>): LitmusTarget {
  const { targets, targetLabels, destinations } = chaosObjects().litmus
  const valuesOf = (names: string[]): string[] => names.flatMap((name) => variables.get(name) ?? [])
  const application = applicationOf(engine)
  const direct = valuesOf(targets)
  const labels = valuesOf(targetLabels)
  const target =
    onlyOne(valuesOf(destinations)) ??
    application.target ??
    onlyOne(direct) ??
    labels.map(byLabel).find(Boolean) ??
    null
  return { target, scoped: application.scoped || direct.length + labels.length > 0 }
}

function applicationOf(engine: Field): LitmusTarget {
  const spec = engine.get('spec')
  const label = written(spec.get('appinfo', 'applabel'))
  const workloads = spec.get('selectors', 'workloads').items()
  const pods = spec.get('selectors', 'pods').items()
  const names = [...workloads, ...pods].flatMap((one) => namesIn(written(one.get('names'))))
  const labels = workloads.flatMap((workload) => written(workload.get('labels')) ?? [])
  const namespace = written(spec.get('appinfo', 'appns'))
  return {
    target:
      (label === null ? null : byLabel(label)) ??
      (names.length === 1 ? names[0]! : null) ??
      labels.map(byLabel).find(Boolean) ??
      null,
    scoped: label !== null || namespace !== null || workloads.length + pods.length > 0,
  }
}

/** `app=cart`, `app in (cart)`; of several labels the one that names a workload. */
function byLabel(selector: string): string | null {
  const pairs = selector.split(',').flatMap((part) => {
    const match = /^\s*([\w./-]+)\s*(?:==?\s*([\w.-]+)|in\s*\(\s*([\w.-]+)\s*\))\s*$/.exec(part)
    return match ? [[match[1]!, match[2] ?? match[3]!] as const] : []
  })
  return targetByLabels(Object.fromEntries(pairs))
}

function onlyOne(values: string[]): string | null {
  const names = values.flatMap(namesIn)
  return names.length === 1 ? names[0]! : null
}

function namesIn(list: string | null): string[] {
  return (list ?? '').split(',').flatMap((name) => name.trim() || [])
}
