/** The findings as a document tells them: a table of all, the grave ones by component with their code, the rest by rule. */
import { SEVERITIES } from '../../knowledge/severities.js'
import { compareText } from '../../facts/source.js'
import type { Result } from '../result.js'
import { firstToShow, groupByRule, viewCard, type CardFindings, type Finding } from './finding-cards.js'
import { findingSpans } from './finding-spans.js'
import type { FindingIndex } from './findings.js'
import { groupBy } from './lists.js'
import type { Names } from './names.js'

/** What a board decides on; what is below is often one defect in many places. */
const GRAVE: readonly string[] = ['critical', 'high']

export function viewFindings(result: Result, index: FindingIndex, names: Names, limit: number) {
  const described = index.all.slice(0, limit)
  const isGrave = ({ check }: Finding): boolean => GRAVE.includes(check.severity)
  const grave = byComponent(described.filter(isGrave), names)
    .map(({ component, items }) => ({ component, count: items.length, cards: groupByRule(items) }))
    .sort(worstFirst)
  const others = groupByRule(described.filter((finding) => !isGrave(finding)))
  const shownAt = firstToShow([...grave.flatMap(({ cards }) => cards), ...others])
  const around = { rules: result.rules, shownAt, names }
  return {
    total: index.all.length,
    more: index.all.length - described.length,
    severities: SEVERITIES,
    components: viewComponents(index.all, described, names),
    groups: grave.map(({ cards, ...group }) => ({
      ...group,
      cards: cards.map((card) => viewCard(card, { ...around, ofSeveral: false })),
    })),
    others: {
      count: others.flat().length,
      cards: others.map((card) => viewCard(card, { ...around, ofSeveral: true })),
    },
  }
}

/** Components with a critical finding before those that have none. */
function worstFirst(a: { cards: CardFindings[] }, b: { cards: CardFindings[] }): number {
  const rankOf = ([first]: CardFindings[]): number =>
    first === undefined ? SEVERITIES.length : SEVERITIES.indexOf(first[0].check.severity)
  return rankOf(a.cards) - rankOf(b.cards)
}

/** How many of each severity a component has, with the numbers of those that the document describes. */
function viewComponents(all: readonly Finding[], described: readonly Finding[], names: Names) {
  const told = new Set(described)
  return byComponent(all, names).map(({ component, items }) => ({
    component,
    severities: SEVERITIES.map((severity) => {
      const own = items.filter(({ check }) => check.severity === severity)
      const shown = own.filter((finding) => told.has(finding))
      return { count: own.length, spans: findingSpans(shown.map(({ reference }) => reference)) }
    }),
  }))
}

/** By name; what is of no component comes last. */
function byComponent(findings: readonly Finding[], names: Names) {
  return groupBy(findings, ({ check }) => check.component ?? '')
    .map(({ key, items }) => ({ component: key === '' ? null : names.component(key), items }))
    .sort(
      (a, b) =>
        Number(a.component === null) - Number(b.component === null) ||
        compareText(a.component ?? '', b.component ?? ''),
    )
}
