/** How many of an object run in one environment. */
import { isMapping, textAt, type Mapping } from './loose.js'
import type { RenderedObject } from './rendering.js'

const AUTOSCALER = 'HorizontalPodAutoscaler'
const COUNTS: Record<string, string> = {
  Deployment: 'replicas',
  StatefulSet: 'replicas',
  ReplicaSet: 'replicas',
  [AUTOSCALER]: 'minReplicas',
}

/** The field of its `spec` that says how many there are. */
export function countField(value: Mapping): string | undefined {
  const kind = textAt(value, 'kind')
  return kind === null || !Object.hasOwn(COUNTS, kind) ? undefined : COUNTS[kind]
}

/** By its own manifest: Kubernetes runs one where nothing is written. Null for what has no number. */
export function instancesOf(value: Mapping): number | null {
  const field = countField(value)
  if (field === undefined) return null
  const spec = value['spec']
  const count = isMapping(spec) ? spec[field] : undefined
  return typeof count === 'number' ? count : 1
}

/** The least that an autoscaler of the same environment keeps of a workload; null for one without. */
export function scaledIn(objects: RenderedObject[]): (workload: Mapping) => number | null {
  const least = new Map<string, number | null>()
  for (const { value } of objects) {
    const target =
      textAt(value, 'kind') === AUTOSCALER && isMapping(value['spec'])
        ? value['spec']['scaleTargetRef']
        : null
    if (isMapping(target)) least.set(key(textAt(target, 'kind'), textAt(target, 'name')), instancesOf(value))
  }
  return (workload) => least.get(key(textAt(workload, 'kind'), textAt(workload['metadata'], 'name'))) ?? null
}

function key(kind: string | null, name: string | null): string {
  return `${kind} ${name}`
}
