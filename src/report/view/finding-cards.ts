/** A card: what one rule found, with all the places. */
import type { Check, Result } from '../result.js'
import { shorten } from './clean.js'
import { placeOf, type FindingReference } from './findings.js'
import { cut, groupBy } from './lists.js'
import { idRanges, type Names } from './names.js'
import { shortSubject } from './short-subject.js'
import { viewWaiver } from './waivers.js'

const LINE_LENGTH = 140
/** A longer marked range (a whole Kubernetes object) says no more than its beginning and its place. */
const MARKED_LINES = 5
/** Call sites of one client, mostly: the first show the kind, `report.json` has all. */
const RELATED_PLACES = 10
const RELATED_OF_MANY = 3
/** A heading with more numbers is a list; the places below it have them. */
const NUMBERS = 4
/** Of more chains the numbers are enough: section 2 has their titles. */
const CHAINS_TITLED = 2

export interface Finding {
  check: Check
  reference: FindingReference
}

export type CardFindings = [Finding, ...Finding[]]

export function groupByRule(findings: readonly Finding[]): CardFindings[] {
  return groupBy(findings, ({ check }) => check.rule).map(({ items }) => items as CardFindings)
}

/** Which card shows which lines: what an earlier one shows is shown there only. */
export function firstToShow(cards: readonly CardFindings[]): ReadonlyMap<string, FindingReference> {
  const first = new Map<string, FindingReference>()
  for (const [{ check, reference }] of cards)
    if (!first.has(linesOf(check))) first.set(linesOf(check), reference)
  return first
}

function linesOf({ source }: Check): string {
  return `${placeOf(source)}-${source.endLine}`
}

function idsOf(findings: CardFindings): string {
  const ids = findings.map(({ reference }) => reference.id)
  return ids.length > NUMBERS ? `${idRanges(ids.slice(0, NUMBERS - 1))} …` : idRanges(ids)
}

interface Around {
  rules: Result['rules']
  /** What shows the lines of a place. */
  shownAt: ReadonlyMap<string, FindingReference>
  names: Names
  /** Its places are of several components. */
  ofSeveral: boolean
}

/** What all places share is said once. */
export function viewCard(findings: CardFindings, { rules, shownAt, names, ofSeveral }: Around) {
  const [{ check: worstCheck, reference: worst }] = findings
  const checks = findings.map(({ check }) => check)
  const chains = names.chainsOf(checks.flatMap((check) => check.chains))
  const message = shared(checks.map((check) => check.message))
  const remediation = shared(checks.map((check) => check.remediation))
  const asWritten = shared(checks.map((check) => check.reason ?? ''))
  const sameChains = shared(checks.map((check) => check.chains.join('\n'))) !== null
  return {
    anchor: worst.anchor,
    ids: idsOf(findings),
    severity: worst.severity,
    title: worst.title,
    rule: worstCheck.rule,
    several: findings.length > 1,
    count: findings.length,
    message,
    asWritten,
    prevents: rules.find(({ id }) => id === worstCheck.rule)?.prevents ?? null,
    remediation,
    chains,
    chainsTitled: chains.length <= CHAINS_TITLED,
    places: findings.map(({ check, reference }) => ({
      ...reference,
      ownSeverity: reference.severity === worst.severity ? null : reference.severity,
      component: ofSeveral ? componentOf(check, names) : null,
      ...(isNamed(check) ? { symbol: null, subject: null } : shortSubject(check.subject, check.source)),
      message: message === null ? check.message : null,
      asWritten: asWritten === null ? check.reason : null,
      remediation: remediation === null ? check.remediation : null,
      ...viewLines(check, reference, findings[0], shownAt),
      related: cut(
        check.related.map((place) => ({ place: placeOf(place), message: place.message })),
        findings.length > NUMBERS ? RELATED_OF_MANY : RELATED_PLACES,
      ),
      chains: sameChains ? [] : names.chainsOf(check.chains),
      status: check.status,
      waiver: check.waiver && viewWaiver(check.waiver),
    })),
  }
}

/** `experiment EXP-001` beside a message on EXP-001 says nothing. */
function isNamed({ message, subject }: Check): boolean {
  const name = /^[a-z]+ (\S+)$/.exec(subject)?.[1] ?? subject
  return message.split(/[\s,;:()]+/).includes(name) || message.includes(subject)
}

function componentOf({ component }: Check, names: Names): string {
  return component === null ? 'the system as a whole' : names.component(component)
}

/** The lines of a card's first place, or which finding shows the same. */
function viewLines(
  check: Check,
  reference: FindingReference,
  first: Finding,
  shownAt: ReadonlyMap<string, FindingReference>,
) {
  if (reference !== first.reference || check.excerpt === null) return { excerpt: null, shown: null }
  const shown = shownAt.get(linesOf(check))
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
  const more = isLong ? source.endLine - source.line + 1 - lines.length : 0
  return {
    lines: withoutBlankEnds(lines),
    more,
    /** Of a whole Kubernetes object, mostly: its name, which the place says too. */
    isBeginning: more > lines.length,
  }
}

function withoutBlankEnds<T extends { text: string }>(lines: T[]): T[] {
  const said = lines.map(({ text }) => text.trim() !== '')
  return lines.slice(said.indexOf(true), said.lastIndexOf(true) + 1)
}
