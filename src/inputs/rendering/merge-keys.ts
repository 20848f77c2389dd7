/** Merge keys (`<<: *base`) of a kustomization, taken in as Kustomize does. */
import { looseDocuments, strictDocuments } from '../../knowledge/plain-yaml.js'
import { isMapping, type Mapping } from './loose.js'

const MERGE = '<<'

/** More than any kustomization holds: merge keys that build on each other make a small text as large as they like. */
const MAX_MERGED = 10_000

/**
 * The first document of a text. A merge key stays in it where Kustomize reads it otherwise than YAML says: it lets what is merged
 * win over a key before it, and takes in each of several merge keys of one mapping.
 */
export function kustomizationIn(text: string): Mapping | null {
  const [first] = looseDocuments(text) ?? []
  if (!isMapping(first)) return null
  const hasMergeKey = text.includes(MERGE)
  return hasMergeKey && strictDocuments(text) !== null ? (new Merging().of(first) as Mapping) : first
}

class Merging {
  private readonly done = new Map<object, unknown>()
  private merged = 0

  of(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    const known = this.done.get(value)
    if (known !== undefined) return known
    // What contains itself meets itself as it is written.
    this.done.set(value, value)
    const result = Array.isArray(value) ? value.map((item) => this.of(item)) : this.mapping(value as Mapping)
    this.done.set(value, result)
    return result
  }

  private mapping(value: Mapping): Mapping {
    const entries = Object.entries(value).map(([key, below]) => [key, this.of(below)] as const)
    const at = entries.findIndex(([key]) => key === MERGE)
    const merged = at === -1 ? null : this.sourceOf(entries[at]![1])
    const isOverridden = entries.slice(0, Math.max(at, 0)).some(([key]) => merged?.has(key))
    if (merged === null || isOverridden) return Object.fromEntries(entries)
    const own = entries.filter(([key]) => key !== MERGE)
    return Object.fromEntries([...merged, ...own])
  }

  /** What a merge key brings: of several mappings the first counts. Null when it is none, or brings too much. */
  private sourceOf(value: unknown): Map<string, unknown> | null {
    const mappings = Array.isArray(value) ? (value as unknown[]) : [value]
    if (!mappings.every(isMapping) || mappings.some((mapping) => MERGE in mapping)) return null
    const entries = mappings.toReversed().flatMap((mapping) => Object.entries(mapping))
    this.merged += entries.length
    return this.merged > MAX_MERGED ? null : new Map(entries)
  }
}
