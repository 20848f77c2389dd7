/** A limit that everything planned has to keep, against what single scenarios expect. */
import type { Claim } from '../claim.js'
import { around, isWithin, type Section, type TextLine } from '../document.js'
import { nameOf } from '../labels.js'
import type { Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

interface Limit {
  line: TextLine
  limit: Quantity
}

const LEAST_SCENARIOS = 3
const MOST_LIMITS = 200

/** `Fast failure (< 5 s)` among the success criteria of a document, and `times out within 15 s` in one of its scenarios. */
export function checkCriteria(survey: Survey): Claim[] {
  const { document, words } = survey
  const scenarios = scenariosIn(survey)
  const limits =
    scenarios.length < LEAST_SCENARIOS ? [] : document.lines.flatMap((line) => timeLimit(line, survey) ?? [])
  if (limits.length > MOST_LIMITS) return []
  const isOfScenario = ({ section }: TextLine) => scenarios.some((scenario) => isWithin(section, scenario))
  const expected = limits.filter(({ line }) => isOfScenario(line) && words.has('limit', line.text))
  const criteria = limits.filter(
    ({ line, limit }) =>
      limit.bound === 'below' &&
      !isOfScenario(line) &&
      around(line.section).some(({ title }) => words.has('criteria', title)),
  )
  return criteria.flatMap(({ line, limit }) => {
    const over = expected.filter((one) => one.limit.high > limit.high)
    // Only where others keep it is the same limit meant.
    if (over.length === expected.length) return []
    const holds = over.length === 0
    return [
      claim('criterion', line, {
        stated: limit.text,
        recomputed: holds ? `kept by ${expected.length}` : over.map((one) => one.limit.text).join(', '),
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: holds
          ? 'no scenario expects more'
          : over.map((one) => `line ${one.line.line} expects “${one.line.text}”`).join('; '),
      }),
    ]
  })
}

/** Headings numbered alike: `Scenario 1: …`, `Scenario 2: …`. */
function scenariosIn({ document }: Survey): Section[] {
  const byPrefix = new Map<string, Section[]>()
  for (const section of document.sections.filter(({ level }) => level >= 1 && level <= 6)) {
    const prefix = /^(\p{L}\D*)\d+$/u.exec(nameOf(section.title.replace(/^[^\p{L}]+/u, '')))?.[1]
    if (prefix !== undefined) byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), section])
  }
  return [...byPrefix.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
}

function timeLimit(line: TextLine, { reader, words }: Survey): Limit | null {
  const { text, isCode } = line
  if (isCode || text.length > 200 || !words.has('timeout', text) || words.has('otherTimeouts', text))
    return null
  const times = reader.in(text).filter(({ dimension }) => dimension === 'time')
  const [limit] = times
  return times.length === 1 && limit && limit.low === limit.high && !limit.signed ? { line, limit } : null
}
