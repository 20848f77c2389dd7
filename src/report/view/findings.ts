/** The numbers of findings, the worst first, and the ways that lead to them. */
import { SEVERITIES } from '../../knowledge/severities.js'
import { compareText } from '../../facts/source.js'
import type { Check, Result } from '../result.js'

export interface FindingReference {
  id: string
  anchor: string
  title: string
  severity: Check['severity']
  place: string
  waived: boolean
}

/** F1, F2, … of every failed check, the worst first: the same numbers in every document of a result. */
export class FindingIndex {
  readonly all: { check: Check; reference: FindingReference }[]
  readonly #byFingerprint = new Map<string, FindingReference>()
  readonly #byPlace = new Map<string, FindingReference>()

  constructor(result: Result) {
    const failed = result.checks.filter((check) => check.outcome === 'fail').sort(worstFirst)
    this.all = failed.map((check, index) => ({ check, reference: refer(check, index + 1) }))
    for (const { check, reference } of this.all) {
      if (!this.#byFingerprint.has(check.fingerprint)) this.#byFingerprint.set(check.fingerprint, reference)
      if (!this.#byPlace.has(reference.place)) this.#byPlace.set(reference.place, reference)
    }
  }

  byFingerprint(fingerprint: string): FindingReference | null {
    return this.#byFingerprint.get(fingerprint) ?? null
  }

  byFingerprints(fingerprints: readonly string[]): FindingReference[] {
    return fingerprints.flatMap((fingerprint) => this.byFingerprint(fingerprint) ?? [])
  }

  at(place: string): FindingReference | null {
    return this.#byPlace.get(place) ?? null
  }

  ofChain(chain: string): FindingReference[] {
    return this.all.filter(({ check }) => check.chains.includes(chain)).map(({ reference }) => reference)
  }
}

/** `path:line`, with the place inside a journal when there is one. */
export function placeOf(source: { path: string; line: number; pointer?: string | undefined }): string {
  return source.pointer === undefined ? `${source.path}:${source.line}` : `${source.path} ${source.pointer}`
}

function worstFirst(a: Check, b: Check): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.source.path, b.source.path) ||
    a.source.line - b.source.line ||
    a.source.column - b.source.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprint, b.fingerprint)
  )
}

function refer(check: Check, number: number): FindingReference {
  return {
    id: `F${number}`,
    anchor: `f${number}`,
    title: check.title,
    severity: check.severity,
    place: placeOf(check.source),
    waived: check.waiver !== null && !check.waiver.expired,
  }
}
