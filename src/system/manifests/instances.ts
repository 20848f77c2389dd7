/** How many instances of a workload run: by its manifest, its autoscaler, and the overlays that set the number anew. */
import type { Autoscaler, Kustomization, MostInstances, Workload } from '../../facts/kubernetes.js'
import { formatSource, type Source } from '../../facts/source.js'
import { addition, filledIn, patch } from './overrides.js'
import type { Manifests } from './manifests.js'
import { unreadFile } from './unread-templates.js'

export interface Instances {
  /** By the manifest and by the autoscaler that it always has; Kubernetes' default of both is 1. */
  least: number
  /** Why, in words: `replicas is 2`. */
  reason: string
  /** The most that an overlay makes of it, and why only rendering it would tell; null where none makes more. */
  more: { instances: number | null; reason: string } | null
}

export function instancesOf(workload: Workload, manifests: Manifests): Instances {
  const scaler = manifests.autoscalersOf(workload).find(({ where }) => where === 'always')?.object
  if (scaler) {
    const least = scaler.minReplicas ?? 1
    return {
      least,
      reason: `its autoscaler keeps at least ${least}`,
      more: moreOf(scaler.most, least) ?? moreThan(least, workload, manifests),
    }
  }
  const least = workload.replicas ?? 1
  return {
    least,
    reason: workload.replicas === null ? 'replicas is not set; the default is 1' : `replicas is ${least}`,
    more:
      moreOf(workload.most, least) ??
      moreThan(least, workload, manifests) ??
      filledInLater(workload) ??
      scaledInProportion(workload, manifests) ??
      scaledByTemplate(workload, manifests),
  }
}

function filledInLater({ placeholders }: Workload): Instances['more'] {
  const written = placeholders?.['replicas']
  return written === undefined ? null : { instances: null, reason: filledIn(written) }
}

/** A workload that sets the number of another one by the size of the cluster. */
function scaledInProportion(workload: Workload, { proportionalScalers }: Manifests): Instances['more'] {
  const scaler = proportionalScalers.scalerOf(workload)
  return scaler
    ? { instances: null, reason: `${scaler.kind} ${scaler.name} (${formatSource(scaler.source)}) scales it` }
    : null
}

/** An autoscaler of it may be made by a template that nothing rendered. */
function scaledByTemplate({ name }: Workload, { unread }: Manifests): Instances['more'] {
  const template = unread.saying([name], ['HorizontalPodAutoscaler', 'ScaledObject'])
  return template
    ? {
        instances: null,
        reason: unreadFile(template, 'may scale'),
      }
    : null
}

function moreOf(most: MostInstances | undefined, least: number): Instances['more'] {
  return most && most.instances > least ? most : null
}

/** The most that run anywhere, as far as known. */
export function mostInstances({ least, more }: Instances): number {
  return Math.max(least, more?.instances ?? 0)
}

interface Setting {
  /** Null when the number could not be read. */
  instances: number | null
  reason: string
}

function moreThan(least: number, workload: Workload, manifests: Manifests): Instances['more'] {
  const deployments = manifests.kustomizations.deploymentsOf(workload)
  const set = [
    ...deployments.flatMap(({ by }) => (by ? (setBy(by, workload, manifests) ?? []) : [])),
    ...optional(workload, manifests),
  ].sort((a, b) => (b.instances ?? 0) - (a.instances ?? 0))
  const most = set[0]?.instances ?? 0
  return most > least ? set[0]! : (set.find(({ instances }) => instances === null) ?? null)
}

/** What a kustomization and its parts make of the number: the autoscaler decides, else the part nearest to the outside. */
function setBy(by: Kustomization, workload: Workload, manifests: Manifests): Setting | null {
  const { kustomizations } = manifests
  const parts = kustomizations.partsOf(by)
  const scaler = manifests
    .autoscalersOf(workload)
    .find(
      ({ object, where }) =>
        where === 'always' || kustomizations.deploymentsOf(object).some((one) => one.by === by),
    )
  if (scaler) return { instances: leastOf(scaler.object, parts, manifests), reason: addition(scaler) }
  const names = kustomizations.namesOf(workload)
  const patches = manifests.patchesOf(workload).filter(({ at }) => 'replicas' in at)
  for (const part of parts) {
    const name = names.find((candidate) => Object.hasOwn(part.replicas, candidate))
    if (name !== undefined) return { instances: part.replicas[name] ?? null, reason: patch(part.source) }
    const own = patches.find(({ source }) => part.patches.includes(source.path))
    if (own) return { instances: own.replicas, reason: patch(own.source) }
  }
  return null
}

/** A patch may set the autoscaler's minimum anew. */
function leastOf(scaler: Autoscaler, parts: Kustomization[], { objects }: Manifests): number {
  const patches = objects.fragments.autoscalers.filter(
    ({ name, source, minReplicas }) =>
      name === scaler.name &&
      minReplicas !== null &&
      parts.some((part) => part.patches.includes(source.path)),
  )
  return patches[0]?.minReplicas ?? scaler.minReplicas ?? 1
}

/** What components that nobody names, and pieces that nobody names as patches, would make of the number. */
function optional(workload: Workload, manifests: Manifests): Setting[] {
  const deployments = manifests.kustomizations.deploymentsOf(workload)
  const parts = deployments.flatMap(({ by }) => (by ? manifests.kustomizations.partsOf(by) : []))
  const isLoose = ({ path }: Source): boolean => !parts.some(({ patches }) => patches.includes(path))
  const patches = manifests
    .patchesOf(workload)
    .filter(({ at, source }) => 'replicas' in at && isLoose(source))
  const scalers = manifests
    .autoscalersOf(workload)
    .filter(({ addedBy }) => addedBy.length > 0 && addedBy.every(({ isComponent }) => isComponent))
  const setters = manifests
    .reaching(workload)
    .filter((one) => !parts.includes(one) && Object.hasOwn(one.replicas, workload.name))
  return [
    ...patches.map(({ replicas, source }) => ({ instances: replicas, reason: patch(source) })),
    ...scalers.map((scaler) => ({ instances: scaler.object.minReplicas ?? 1, reason: addition(scaler) })),
    ...setters.map(({ replicas, source }) => ({
      instances: replicas[workload.name] ?? null,
      reason: patch(source),
    })),
  ]
}
