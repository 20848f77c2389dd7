/** Selectors that no series can meet: their matchers contradict each other. */
import { labelPattern } from '../../facts/label-pattern.js'
import type { Matcher, Selector } from '../../facts/alert.js'

/** `a="x", a!="x"`: the matchers of one label that exclude each other, as written; null where some value may meet them all. */
export function contradictionIn({ metric, matchers }: Selector): string | null {
  const byLabel = new Map<string, Matcher[]>()
  if (metric !== '') byLabel.set('__name__', [{ label: '__name__', operator: '=', value: metric }])
  for (const matcher of matchers) byLabel.set(matcher.label, [...(byLabel.get(matcher.label) ?? []), matcher])
  const unmet = [...byLabel.values()].find((ofLabel) => ofLabel.length > 1 && excludeEachOther(ofLabel))
  return unmet ? unmet.map(writtenOf).join(', ') : null
}

/** Where one of them lists its values, none of which meets all; or where one wants the label and another wants it absent. */
function excludeEachOther(matchers: Matcher[]): boolean {
  const list = matchers.map(valuesOf).find((values) => values !== null)
  if (!list) return false
  return list.every((value) => matchers.some((matcher) => accepts(matcher, value) === false))
}

const PLAIN_LIST = /^[\w|:/ -]*$/

/** The only values that a matcher accepts: `="a"`, `=~"a|b"`. Null for any other. */
function valuesOf({ operator, value }: Matcher): string[] | null {
  if (operator === '=') return [value]
  return operator === '=~' && PLAIN_LIST.test(value) ? value.split('|') : null
}

/** Null for a pattern that cannot be read. */
function accepts({ operator, value }: Matcher, candidate: string): boolean | null {
  if (operator === '=' || operator === '!=') return (value === candidate) === (operator === '=')
  const matches = labelPattern(value)?.(candidate)
  return matches === undefined ? null : matches === (operator === '=~')
}

/** True when only series that have the label meet the matcher. */
export function wantsLabel(matcher: Matcher): boolean {
  return accepts(matcher, '') === false
}

function writtenOf({ label, operator, value }: Matcher): string {
  return `${label}${operator}${JSON.stringify(value)}`
}
