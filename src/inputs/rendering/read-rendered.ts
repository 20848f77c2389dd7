/** Rendered objects through the formats that read manifests, with the places of the files that people edit. */
import type { Fact } from '../../facts/fact.js'
import type { Source } from '../../facts/source.js'
import type { Format, InputFile, Problem, Reading, ReadingContext } from '../format.js'
import { drainRemarkIn } from '../drain-remark.js'
import { describeProblems } from '../problems.js'
import { readersOf, together as togetherOf } from '../readers.js'
import type { RenderedDocument } from './rendering.js'
import { withVariants } from './variants.js'

/** What the objects made of each file say. */
export async function readRendered(
  documents: RenderedDocument[],
  formats: Format[],
  context: ReadingContext,
): Promise<Map<string, Reading>> {
  const readings = new Map<string, Reading>()
  for (const document of documents) {
    const reading = await readDocument(document, formats, context)
    const { facts, problems } = readings.get(document.path) ?? { facts: [], problems: [] }
    readings.set(document.path, together(facts, problems, reading))
  }
  return readings
}

function together(facts: Fact[], problems: Problem[], reading: Reading): Reading {
  const all = [...problems, ...reading.problems]
  return {
    facts: [...facts, ...reading.facts],
    problems: all,
    ...(all.length > 0 && { partial: describeProblems(all) }),
  }
}

async function readDocument(
  document: RenderedDocument,
  formats: Format[],
  context: ReadingContext,
): Promise<Reading> {
  const file: InputFile = { path: document.path, extension: '.yaml', text: document.text, sha256: '' }
  const readings = []
  for (const format of readersOf(file, formats))
    readings.push(await readThrough(format, file, document, context))
  return togetherOf(readings)
}

async function readThrough(
  format: Format,
  file: InputFile,
  document: RenderedDocument,
  context: ReadingContext,
): Promise<Reading> {
  const { facts, problems } = await readWith(document.comments, format, file, context)
  const variants = await Promise.all(
    document.variants.map(async ({ environment, text, instances }) => ({
      environment,
      instances,
      facts: (await readWith(document.comments, format, { ...file, text }, context)).facts,
    })),
  )
  const own = document.isGenerated ? facts.filter(({ fact }) => fact === 'config-data') : facts
  const whole = withVariants(own, variants, document)
  return {
    facts: whole.map((fact) => placed(fact, document) as Fact),
    problems: problems.map((problem) => placedProblem(problem, document)),
  }
}

/** With what the comments say that the renderer left out. */
async function readWith(
  comments: string[],
  format: Format,
  file: InputFile,
  context: ReadingContext,
): Promise<Reading> {
  const reading = await format.read(file, context)
  const drainRemark = drainRemarkIn(comments)
  if (drainRemark === null) return reading
  return {
    ...reading,
    facts: reading.facts.map((fact) => (fact.fact === 'workload' ? { ...fact, drainRemark } : fact)),
  }
}

function placedProblem(problem: Problem, { lines }: RenderedDocument): Problem {
  // The columns of a template are others.
  return problem.line === null ? problem : { ...problem, line: lineAt(lines, problem.line), column: null }
}

/** Every place in a fact. */
function placed(value: unknown, document: RenderedDocument): unknown {
  if (Array.isArray(value)) return value.map((item) => placed(item, document))
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  if (isSourceIn(value, document.path)) return placedSource(value, document)
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, placed(below, document)]))
}

function isSourceIn(value: object, path: string): value is Source {
  return 'path' in value && value.path === path && 'line' in value && 'column' in value && 'endLine' in value
}

function placedSource(source: Source, { lines }: RenderedDocument): Source {
  const line = lineAt(lines, source.line)
  const below = lines.slice(source.line, source.endLine + 1)
  return { ...source, line, column: 1, endLine: Math.max(line, ...below) }
}

function lineAt(lines: number[], line: number): number {
  return lines[line] ?? lines.at(-1) ?? 1
}
