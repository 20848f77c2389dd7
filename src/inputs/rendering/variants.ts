/** Facts of one environment, with what the same objects are in others. */
import { isDeepStrictEqual } from 'node:util'
import type { Fact } from '../../facts/fact.js'
import type { RenderedDocument } from './rendering.js'
import type { Container, Elsewhere, ManifestObject, Workload } from '../../facts/kubernetes.js'

export interface VariantFacts {
  environment: string
  /** Of the object, where more of it run than the facts say. */
  instances: number | null
  facts: Fact[]
}

export function withVariants(
  facts: Fact[],
  variants: VariantFacts[],
  { system, onlyIn }: Pick<RenderedDocument, 'system' | 'onlyIn'>,
): Fact[] {
  return facts.map((fact) => {
    if (!isObject(fact)) return fact
    const whole = { ...fact, renderedFrom: system, ...(onlyIn.length > 0 && { onlyIn }) }
    switch (whole.fact) {
      case 'workload':
        return {
          ...whole,
          ...withOthers(whole, variants),
          ...most(variants),
          containers: containersOf(whole, variants),
        }
      case 'autoscaler':
        return { ...whole, ...withOthers(whole, variants), ...most(variants) }
      case 'disruption-budget':
        return { ...whole, ...withOthers(whole, variants) }
      default:
        return whole
    }
  })
}

function isObject(fact: Fact): fact is Extract<Fact, ManifestObject> {
  return 'fragment' in fact
}

function withOthers<T extends Fact>(own: T, variants: VariantFacts[]): { elsewhere?: Elsewhere<T>[] } {
  return differing(
    own,
    variants.flatMap(({ environment, facts }) =>
      facts.filter(({ fact }) => fact === own.fact).map((object) => ({ environment, object: object as T })),
    ),
  )
}

/** A container is known by its name. */
function containersOf({ containers }: Workload, variants: VariantFacts[]): Container[] {
  return containers.map((container) => {
    const others = variants.flatMap(({ environment, facts }) =>
      facts
        .flatMap((fact) => (fact.fact === 'workload' ? fact.containers : []))
        .filter(({ name }) => name === container.name)
        .map((object) => ({ environment, object })),
    )
    return { ...container, ...differing(container, others) }
  })
}

function differing<T>(own: T, others: Elsewhere<T>[]): { elsewhere?: Elsewhere<T>[] } {
  const content = withoutPlaces(own)
  const elsewhere = others.filter(({ object }) => !isDeepStrictEqual(withoutPlaces(object), content))
  return elsewhere.length > 0 ? { elsewhere } : {}
}

/** What a fact says, wherever it stands. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !['source', 'at'].includes(key))
  return Object.fromEntries(kept.map(([key, below]) => [key, withoutPlaces(below)]))
}

/** The most that any environment runs. */
function most(variants: VariantFacts[]): Pick<Workload, 'most'> {
  const [largest] = variants
    .flatMap(({ environment, instances }) => (instances === null ? [] : [{ environment, instances }]))
    .sort((a, b) => b.instances - a.instances)
  if (!largest) return {}
  const { environment, instances } = largest
  return { most: { instances, reason: `rendered for ${environment} it has ${instances}` } }
}
