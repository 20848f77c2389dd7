/** A limit that everything planned has to keep, against what single scenarios expect. */
import type { Claim } from '../claim.js'
import { around, isWithin, type Section, type TextLine } from '../document.js'
import type { Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

interface Limit {
  line: TextLine
  limit: Quantity
}

/** `Fast failure (< 5 s)` among the success criteria, and `times out within 15 s` in a scenario. */
export function checkCriteria(survey: Survey): Claim[] {
  const { document, words } = survey
  const isCriterion = ({ section }: TextLine) => criteriaAround(section, survey) !== null
  const limits = document.lines.flatMap((line) => timeLimit(line, survey) ?? [])
  const expected = limits.filter(({ line }) => !isCriterion(line) && words.has('limit', line.text))
  return limits
    .filter(({ line, limit }) => isCriterion(line) && limit.bound === 'below')
    .flatMap(({ line, limit }) => {
      const within = criteriaAround(line.section, survey)!
      const others = expected.filter((one) => !isWithin(one.line.section, within))
      const over = others.filter((one) => one.limit.high > limit.high)
      // Only where others keep it is the same limit meant.
      if (over.length === others.length) return []
      const holds = over.length === 0
      return [
        claim('criterion', line, {
          stated: limit.text,
          recomputed: holds ? `kept by ${others.length}` : over.map((one) => one.limit.text).join(', '),
          verdict: holds ? 'consistent' : 'contradicted',
          arithmetic: holds
            ? `no scenario expects more`
            : over.map((one) => `line ${one.line.line} expects “${one.line.text}”`).join('; '),
        }),
      ]
    })
}

/** The heading of criteria around a section, where it is not about one scenario. */
function criteriaAround(section: Section, { words, groupSections }: Survey): Section | null {
  const titles = around(section)
  if (titles.some((one) => groupSections.has(one))) return null
  return titles.find(({ title, parent }) => parent !== null && words.has('criteria', title)) ?? null
}

function timeLimit(line: TextLine, { reader, words }: Survey): Limit | null {
  if (line.isCode || line.text.length > 200 || !words.has('timeout', line.text)) return null
  const times = reader.in(line.text).filter(({ dimension }) => dimension === 'time')
  const [limit] = times
  return times.length === 1 && limit && limit.low === limit.high && !limit.signed ? { line, limit } : null
}
