/** Findings as documents show them: numbered, worst first, grouped by component. */
import { compareText } from '../../facts/source.js'
import { severities, type Check, type Result } from '../result.js'
import { shorten } from './clean.js'
import { groupBy } from './lists.js'
import type { Names } from './names.js'

const LINE_LENGTH = 140

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

export function viewFindings(result: Result, index: FindingIndex, names: Names, limit: number) {
  const prevents = new Map(result.rules.map((rule) => [rule.id, rule.prevents]))
  const shown = index.all.slice(0, limit).map(({ check, reference }) => ({
    ...reference,
    rule: check.rule,
    pattern: check.pattern,
    subject: check.subject,
    message: check.message,
    excerpt: viewExcerpt(check),
    prevents: prevents.get(check.rule) ?? null,
    remediation: check.remediation,
    chains: check.chains.flatMap((chain) => names.chain(chain) ?? []),
    related: check.related.map((place) => ({ place: placeOf(place), message: place.message })),
    status: check.status,
    waiver: check.waiver,
    component: check.component,
  }))
  const byComponent = groupBy(shown, (finding) => finding.component ?? '')
  return {
    total: index.all.length,
    more: index.all.length - shown.length,
    groups: byComponent
      .map(({ key, items }) => ({ component: key === '' ? null : names.component(key), items }))
      .sort(
        (a, b) =>
          Number(a.component === null) - Number(b.component === null) ||
          compareText(a.component ?? '', b.component ?? ''),
      ),
  }
}

function worstFirst(a: Check, b: Check): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
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

function viewExcerpt(check: Check) {
  if (check.excerpt === null) return null
  const { firstLine, lines } = check.excerpt
  return lines.map((text, offset) => {
    const number = firstLine + offset
    return {
      number,
      text: shorten(text.replaceAll('\t', '  '), LINE_LENGTH),
      marked: number >= check.source.line && number <= check.source.endLine,
    }
  })
}
