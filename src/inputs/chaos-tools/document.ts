/** Documents of chaos tools, JSON or YAML: how a file is read whose records are runs and definitions. */
import type { ExperimentFact } from '../../facts/experiment.js'
import type { Source } from '../../facts/source.js'
import { Field } from '../field.js'
import type { InputFile, Problem, Reading } from '../format.js'
import { describeProblems } from '../problems.js'
import { parseYaml } from '../yaml/parse.js'
import { DATA_FILES } from '../extensions.js'

/** What one document gives; `unused` says why it gives nothing. */
export interface DocumentReading {
  facts: ExperimentFact[]
  unused?: string
}

export function isData({ extension }: InputFile): boolean {
  return DATA_FILES.includes(extension)
}

/** The documents of a file, without problems: to look at, not to read. */
export function documentsOf(file: InputFile): Field[] {
  return parseYaml(file).map((document) => Field.of(document, []))
}

/** Whether the file is broken and was meant: its text says so. */
export function isBroken(file: InputFile): boolean {
  const documents = parseYaml(file)
  return documents.length > 0 && documents.every(({ value }) => value === null)
}

export function readDocuments(file: InputFile, read: (root: Field) => DocumentReading): Reading {
  const problems: Problem[] = []
  const documents = parseYaml(file)
  const readings = documents.map((document) => {
    problems.push(...document.problems)
    return document.value === null ? { facts: [] } : read(Field.of(document, problems))
  })
  const facts = readings.flatMap((reading) => reading.facts)
  const unused = readings.flatMap((reading) => ('unused' in reading ? (reading.unused ?? []) : []))
  if (isBroken(file)) return { facts: [], problems, failed: describeProblems(problems) }
  if (facts.length === 0) return { facts, problems, skipped: unused[0] ?? describeProblems(problems) }
  const partial = [...(problems.length > 0 ? [describeProblems(problems)] : []), ...unused]
  return partial.length > 0 ? { facts, problems, partial: partial.join('; ') } : { facts, problems }
}

/** With the place inside its document, as journals give it. */
export function placed({ source, path }: Field): Source {
  const pointer = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
  return { ...source, pointer: `$${pointer}` }
}

/** Text that stands there as such; a reference or an expression of a template is none, and no fault either. */
export function plainText({ value }: Field): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

export function isMapping({ value }: Field): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A mapping of plain texts; what is none is left out. */
export function plainTexts(field: Field): Record<string, string> {
  if (!isMapping(field)) return {}
  return Object.fromEntries(
    field.entries().flatMap(([key, at]) => {
      const text = plainText(at)
      return text === null ? [] : [[key, text]]
    }),
  )
}
