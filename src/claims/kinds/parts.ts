/** What every experiment is said to have, against what the catalogue gives each of them. */
import type { Claim } from '../claim.js'
import { around, type Section, type TextLine } from '../document.js'
import { labelsIn, nameOf } from '../labels.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

/** Fewer are no catalogue. */
const LEAST = 3

interface Defined {
  name: string
  parts: Set<string>
}

interface Demand {
  part: string
  line: Pick<TextLine, 'line' | 'text'>
}

export function checkParts(survey: Survey): Claim[] {
  const experiments = definedIn(survey)
  if (experiments.length < LEAST) return []
  return [...structures(survey), ...rules(survey)].flatMap(({ part, line }) => {
    const having = experiments.filter(({ parts }) => parts.has(part))
    // Where none has it under a label, the document may say it in other words.
    return having.length === 0 ? [] : [claimOf(part, line, having, experiments)]
  })
}

function claimOf(part: string, line: Demand['line'], having: Defined[], all: Defined[]): Claim {
  const lacking = all.filter((one) => !having.includes(one))
  const holds = lacking.length === 0
  const names = (some: Defined[]) => some.map(({ name }) => name).join(', ')
  return claim('completeness', line, {
    stated: `${part}: every experiment`,
    recomputed: `${having.length} of ${all.length}`,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: holds
      ? `all ${all.length} have a part of that name`
      : `${names(having)} ${having.length === 1 ? 'has' : 'have'} a part of that name, ${names(lacking)} ${lacking.length === 1 ? 'has' : 'have'} none`,
  })
}

/** Headings of one parent of which each has at least two parts of an experiment. */
function definedIn({ document, words }: Survey): Defined[] {
  const headings = document.sections.filter(({ level }) => level >= 1 && level <= 6)
  const byParent = new Map<Section | null, Section[]>()
  for (const heading of headings)
    byParent.set(heading.parent, [...(byParent.get(heading.parent) ?? []), heading])
  return [...byParent.values()].flatMap((siblings) => {
    const read = siblings.map((section) => ({
      name: nameOf(section.title),
      parts: new Set(labelsIn(section, document).flatMap((label) => partLeading(label, words) ?? [])),
    }))
    return read.length >= LEAST && read.every(({ parts }) => parts.size > 1) ? read : []
  })
}

/** The part that a label begins with: `Steady state metrics (before)`, not `Time to full recovery`. */
function partLeading(label: string, words: Survey['words']): string | null {
  const start = label.replace(/^[^\p{L}]+/u, '')
  const found = words.partOf(start)
  return found && start.startsWith(found.word) ? found.name : null
}

/** `Every experiment follows this structure:` and a list of the parts. */
function structures({ document, words }: Survey): Demand[] {
  return document.sections.flatMap((section) => {
    const isDemand =
      words.has('universal', section.title) &&
      words.has('experiments', section.title) &&
      words.has('having', section.title)
    if (!isDemand) return []
    const demands = document.lines.flatMap((line): Demand[] => {
      const part = line.isItem && line.section === section ? partLeading(line.text, words) : null
      return part === null ? [] : [{ part, line }]
    })
    return demands.length >= LEAST ? demands : []
  })
}

/** `Always have a rollback step`, among rules for experiments. */
function rules({ document, words }: Survey): Demand[] {
  return document.lines.flatMap((line): Demand[] => {
    const { text, section, isItem, isCode } = line
    if (isCode || text.length > 200 || words.find('universal', text)?.index !== 0) return []
    const having = words.find('having', text)
    const about = [text, ...(isItem ? around(section).map(({ title }) => title) : [])]
    if (!having || !about.some((one) => words.has('experiments', one))) return []
    const part = words.partOf(text.slice(having.index + having.length).split(/[,;(]/, 1)[0]!)
    return part === null ? [] : [{ part: part.name, line }]
  })
}
