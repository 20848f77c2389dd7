/** Findings as documents print them: by component, one card for each rule with all its places. */
import { compareText } from '../../facts/source.js'
import type { Check, Result } from '../result.js'
import { shorten } from './clean.js'
import { placeOf, type FindingIndex, type FindingReference } from './findings.js'
import { cut, groupBy } from './lists.js'
import { idRanges, type Names } from './names.js'
import { shortSubject } from './short-subject.js'
import { viewWaiver } from './waivers.js'

const LINE_LENGTH = 140
/** A longer marked range (a whole Kubernetes object) says no more than its beginning and its place. */
const MARKED_LINES = 5
/** Call sites of one client, mostly: the first show the kind, `report.json` has all. */
const RELATED_PLACES = 10

interface Finding {
  check: Check
  reference: FindingReference
}

export function viewFindings(result: Result, index: FindingIndex, names: Names, limit: number) {
  const prevents = new Map(result.rules.map((rule) => [rule.id, rule.prevents]))
  const described = index.all.slice(0, limit)
  return {
    total: index.all.length,
    more: index.all.length - described.length,
    groups: groupBy(described, ({ check }) => check.component ?? '')
      .map(({ key, items }) => ({
        component: key === '' ? null : names.component(key),
        count: items.length,
        cards: viewCards(items, prevents, names),
      }))
      .sort(
        (a, b) =>
          Number(a.component === null) - Number(b.component === null) ||
          compareText(a.component ?? '', b.component ?? ''),
      ),
  }
}

/** Cards of one component; lines that an earlier card shows are shown there only. */
function viewCards(findings: Finding[], prevents: ReadonlyMap<string, string>, names: Names) {
  const groups = groupBy(findings, ({ check }) => check.rule)
  const firstToShow = new Map<string, FindingReference>()
  for (const { items } of groups) {
    const [first] = items
    if (first === undefined || firstToShow.has(linesOf(first.check))) continue
    firstToShow.set(linesOf(first.check), first.reference)
  }
  return groups.map(({ key, items }) => viewCard(items, prevents.get(key) ?? null, firstToShow, names))
}

function linesOf({ source }: Check): string {
  return `${placeOf(source)}-${source.endLine}`
}

/** What one rule found in one component; what all places share is said once. */
function viewCard(
  findings: Finding[],
  prevents: string | null,
  firstToShow: ReadonlyMap<string, FindingReference>,
  names: Names,
) {
  const checks = findings.map(({ check }) => check)
  const worst = findings[0]?.reference
  const chains = [...new Set(checks.flatMap((check) => check.chains))].flatMap((id) => names.chain(id) ?? [])
  const message = shared(checks.map((check) => check.message))
  const remediation = shared(checks.map((check) => check.remediation))
  const asWritten = shared(checks.map((check) => check.reason ?? ''))
  const sameChains = shared(checks.map((check) => check.chains.join('\n'))) !== null
  return {
    anchor: worst?.anchor,
    ids: idRanges(findings.map(({ reference }) => reference.id)),
    severity: worst?.severity,
    title: worst?.title,
    rule: checks[0]?.rule,
    several: findings.length > 1,
    count: findings.length,
    message,
    asWritten,
    prevents,
    remediation,
    chains,
    places: findings.map(({ check, reference }) => ({
      ...reference,
      ownSeverity: reference.severity === worst?.severity ? null : reference.severity,
      ...(check.message.includes(check.subject) ? null : shortSubject(check.subject, check.source)),
      message: message === null ? check.message : null,
      asWritten: asWritten === null ? check.reason : null,
      remediation: remediation === null ? check.remediation : null,
      ...viewLines(check, reference, findings[0], firstToShow),
      related: cut(
        check.related.map((place) => ({ place: placeOf(place), message: place.message })),
        RELATED_PLACES,
      ),
      chains: sameChains ? [] : check.chains.flatMap((id) => names.chain(id) ?? []),
      status: check.status,
      waiver: check.waiver && viewWaiver(check.waiver),
    })),
  }
}

/** The lines of a card's first place, or which finding shows the same. */
function viewLines(
  check: Check,
  reference: FindingReference,
  first: Finding | undefined,
  firstToShow: ReadonlyMap<string, FindingReference>,
) {
  if (reference !== first?.reference || check.excerpt === null) return { excerpt: null, shown: null }
  const shown = firstToShow.get(linesOf(check))
  return shown === undefined || shown === reference
    ? { excerpt: viewExcerpt(check), shown: null }
    : { excerpt: null, shown }
}

/** The text when all are the same, else null. */
function shared(texts: readonly string[]): string | null {
  const [first] = texts
  return first !== undefined && texts.every((text) => text === first) ? first : null
}

/** Lines around the place; of a long marked range only its first lines, with the number of those left out. */
function viewExcerpt({ excerpt, source }: Check) {
  if (excerpt === null) return null
  const isLong = source.endLine - source.line >= MARKED_LINES
  const lines = excerpt.lines
    .map((text, offset) => {
      const number = excerpt.firstLine + offset
      return {
        number,
        text: shorten(text.replaceAll('\t', '  '), LINE_LENGTH),
        marked: number >= source.line && number <= source.endLine,
      }
    })
    .filter(({ number }) => !isLong || (number >= source.line && number < source.line + MARKED_LINES))
  return {
    lines: withoutBlankEnds(lines),
    more: isLong ? source.endLine - source.line + 1 - lines.length : 0,
  }
}

function withoutBlankEnds<T extends { text: string }>(lines: T[]): T[] {
  const said = lines.map(({ text }) => text.trim() !== '')
  return lines.slice(said.indexOf(true), said.lastIndexOf(true) + 1)
}
