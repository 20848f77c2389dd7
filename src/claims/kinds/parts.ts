/** What every experiment is said to have, against what the catalogue gives each of them. */
import type { Claim } from '../claim.js'
import { around, isWithin, type Section, type TextLine } from '../document.js'
import { labelsIn, nameOf } from '../labels.js'
import { claim } from '../say.js'
import { isFuture, type Survey } from '../survey.js'
import { isNarrowed } from '../topic.js'

/** Fewer are no catalogue. */
const LEAST = 3
const MOST = 200

interface Defined {
  name: string
  section: Section
  /** Parts that it has under a label, and those of which it has any word. */
  labelled: Set<string>
  mentioned: Set<string>
}

interface Demand {
  part: string
  line: TextLine
}

export function checkParts(survey: Survey): Claim[] {
  const demands = [...structures(survey), ...rules(survey)]
  const experiments = demands.length === 0 ? [] : definedIn(survey)
  if (experiments.length < LEAST) return []
  return demands.flatMap(({ part, line }) => {
    const having = experiments.filter(({ labelled }) => labelled.has(part))
    if (isToldForAll(part, experiments, survey)) return []
    const lacking = experiments.filter(({ mentioned }) => !mentioned.has(part))
    // Where none has it under a label, the document may say it in other words; a word in passing is no part either.
    const isTold = lacking.length > 0 ? having.length > 0 : having.length === experiments.length
    return isTold ? [claimOf(part, line, lacking, experiments)] : []
  })
}

/** A heading beside the experiments is about the part: what stands there may be for all of them. */
function isToldForAll(part: string, experiments: Defined[], { document, words }: Survey): boolean {
  return document.sections.some(
    (section) =>
      section.level <= 6 &&
      words.partLeading(section.title) === part &&
      !experiments.some(({ section: own }) => isWithin(section, own)),
  )
}

function claimOf(part: string, line: TextLine, lacking: Defined[], all: Defined[]): Claim {
  const holds = lacking.length === 0
  const names = lacking.map(({ name }) => name).join(', ')
  return claim('completeness', line, {
    stated: `${part}: every experiment`,
    recomputed: `${holds ? '' : 'at most '}${all.length - lacking.length} of ${all.length}`,
    verdict: holds ? 'consistent' : 'contradicted',
    arithmetic: holds
      ? `all ${all.length} have a part of that name`
      : `${names} ${lacking.length === 1 ? 'does' : 'do'} not mention it`,
  })
}

/** Headings of one parent, numbered alike, of which each has at least two parts of an experiment. */
function definedIn({ document, words }: Survey): Defined[] {
  const byParent = new Map<string, Section[]>()
  for (const heading of document.sections.filter(({ level }) => level >= 1 && level <= 6)) {
    const prefix = /^(\D+)\d+$/.exec(nameOf(heading.title))?.[1]
    if (prefix === undefined) continue
    const key = `${heading.parent?.line ?? 0} ${prefix}`
    byParent.set(key, [...(byParent.get(key) ?? []), heading])
  }
  return [...byParent.values()].flatMap((siblings) => {
    if (siblings.length < LEAST || siblings.length > MOST) return []
    const read = siblings.map((section) => definedBy(section, document, words))
    return read.every(({ labelled }) => labelled.size > 1) ? read : []
  })
}

function definedBy(section: Section, document: Survey['document'], words: Survey['words']): Defined {
  const labelled = labelsIn(section, document).flatMap((label) => words.partLeading(label) ?? [])
  const tables = document.tables.filter((table) => isWithin(table.section, section))
  const text = [
    section.title,
    ...document.lines.filter((line) => isWithin(line.section, section)).map((line) => line.text),
    ...tables.flatMap(({ header, rows }) => [...header, ...rows.flatMap(({ cells }) => cells)]),
  ].join('\n')
  return {
    name: nameOf(section.title),
    section,
    labelled: new Set(labelled),
    mentioned: new Set([...labelled, ...words.partsIn(text)]),
  }
}

/** `Every chaos experiment follows this structure:` and a list of the parts. */
function structures(survey: Survey): Demand[] {
  const { document, words } = survey
  return document.sections.flatMap((section) => {
    const { title } = section
    const isDemand =
      words.has('universal', title) &&
      words.has('experiments', title) &&
      words.has('having', title) &&
      isStrict({ text: title, section }, survey)
    if (!isDemand) return []
    const items = document.lines.filter((line) => line.isItem && line.section === section)
    const demands = items.flatMap((line): Demand[] => {
      const part = words.has('exceptions', line.text) ? null : words.partLeading(line.text)
      return part === null ? [] : [{ part, line }]
    })
    return demands.length >= LEAST ? demands : []
  })
}

/** `Always have a documented rollback step`, among rules for experiments. */
function rules(survey: Survey): Demand[] {
  const { document, words } = survey
  const pattern = new RegExp(
    String.raw`^\s+(?:${words.either('aPart')}\s+)*(?<part>[^.,;()]+?)(?:/\S+)?(?:\s+${words.either('partNoun')})?(?=\s*$|\s*[.,;(]|\s+before\b)`,
    'iu',
  )
  return document.lines.flatMap((line): Demand[] => {
    const { text, section, isItem, isCode } = line
    if (isCode || text.length > 200 || words.find('universal', text)?.index !== 0) return []
    const having = words.find('having', text)
    const about = [text, ...(isItem ? around(section).map(({ title }) => title) : [])]
    if (!having || !isStrict(line, survey) || !about.some((one) => words.has('experiments', one))) return []
    // `Every experiment has`, `Always have`; not `every deployment that changes an experiment has`.
    const subject = text.slice(words.find('universal', text)!.length, having.index).trim()
    if (subject !== '' && !(subject.split(/\s+/).length <= 4 && words.has('experiments', subject))) return []
    const object = pattern.exec(text.slice(having.index + having.length))?.groups!['part'] ?? ''
    const part = words.partLeading(object)
    return part !== null && object.split(/\s+/).length <= 2 ? [{ part, line }] : []
  })
}

/** Nothing is left out of what it is said of, nor is it yet to come. */
function isStrict(line: Pick<TextLine, 'text' | 'section'>, { words }: Survey): boolean {
  return (
    !words.has('exceptions', line.text) &&
    !isFuture(line, words) &&
    !isNarrowed(line.text.replace(/[,;:].*$/u, ''), line.section, words)
  )
}
