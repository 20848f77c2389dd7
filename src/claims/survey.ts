/** All that the checks ask of a document, read once. */
import type { AlertRule } from '../facts/alert.js'
import type { Source } from '../facts/source.js'
import type { ClaimWords } from '../knowledge/claim-words.js'
import { around, isWithin, readDocument, type Document, type Section, type TextLine } from './document.js'
import { readDivisions, type Division } from './groups.js'
import { readHistograms, type Histogram } from './histograms.js'
import { match } from './matching.js'
import { numberStyle, QuantityReader } from './quantities.js'
import { sentencesIn, type Sentence } from './sentences.js'
import { readStatements, type Statement } from './statements.js'

export interface Survey {
  document: Document
  words: ClaimWords
  reader: QuantityReader
  sentences: Sentence[]
  statements: Statement[]
  histograms: Histogram[]
  divisions: Division[]
  /** Whose figures are about one group of runs. */
  groupSections: Set<Section>
  /** Alert rules that it writes, and at which of its lines their places are. */
  alerts: AlertRule[]
  lineOfAlert: (place: Source) => number
}

export type WrittenAlerts = Pick<Survey, 'alerts' | 'lineOfAlert'>

/** Lines and tables are set against headings: what a report of several hundred pages has of both together. */
const MOST_PAIRS = 40_000_000

/** A document with more parts than can be set against each other in the time that a person waits. */
export class TooManyParts extends Error {}

/** Throws `TooManyParts`, and a RangeError for nesting beyond all reason. */
export function surveyOf(text: string, words: ClaimWords, written: WrittenAlerts): Survey {
  const document = readDocument(text)
  const { lines, sections, tables } = document
  const cells = tables.reduce((sum, { rows, header }) => sum + (rows.length + 1) * header.length, 0)
  if ((lines.length + cells) * (sections.length + tables.length) > MOST_PAIRS)
    throw new TooManyParts(
      `${sections.length} headings and lists, ${lines.length} lines and ${tables.length} tables`,
    )
  const reader = new QuantityReader(words, numberStyle(text))
  const statements = readStatements(document, reader)
  const divisions = readDivisions(document, statements, reader)
  return {
    document,
    words,
    reader,
    sentences: sentencesIn(document),
    statements,
    histograms: readHistograms(document, reader),
    divisions,
    ...written,
    groupSections: new Set(
      divisions.flatMap((one) => sectionsOf(one, document)).filter((one) => one !== null),
    ),
  }
}

/** Headings that each group of a division has for itself; null where there is none. */
export function sectionsOf({ groups, sections }: Division, { sections: all }: Document): (Section | null)[] {
  if (sections.length > 0) return sections
  const headings = all.filter(({ level }) => level >= 1 && level <= 6)
  return match(
    groups.map(({ name }) => name),
    headings.map(({ title }) => title),
  ).map((place) => (place === null ? null : headings[place]!))
}

/** Whether a figure is about all runs of a division: not of one group, another division, time or place. */
export function isOverall(
  statement: Pick<Statement, 'isElsewhere' | 'section'> & { isNarrowed?: boolean },
  division: Division,
  survey: Survey,
): boolean {
  if (statement.isElsewhere || statement.isNarrowed || isOfGroup(statement.section, survey)) return false
  return isSolePopulation(statement.section, division, survey)
}

/** Whether what stands in a section is about one group of runs. */
export function isOfGroup(section: Section, { groupSections }: Pick<Survey, 'groupSections'>): boolean {
  return around(section).some((one) => groupSections.has(one))
}

/** Where a document tells of several populations, a figure is taken for one only when it stands beside it. */
function isSolePopulation(section: Section, division: Division, { divisions }: Survey): boolean {
  const rivals = divisions.filter((one) => one.n !== division.n && one.metric === division.metric)
  if (rivals.length === 0) return true
  return around(section)[0] === division.section || isWithin(section, division.section)
}

/** Whether a line speaks of what is to come. */
export function isFuture({ text, section }: Pick<TextLine, 'text' | 'section'>, words: ClaimWords): boolean {
  return [text, ...around(section).map(({ title }) => title)].some((one) => words.has('future', one))
}
