/** Every file through the format that recognises it; what cannot be read is listed, and the run goes on. */
import { Facts, type Fact } from '../facts/fact.js'
import { compareText, type Source } from '../facts/source.js'
import type { Discovery, FoundFile } from './discover.js'
import type { Format, InputFile, Linking, Problem, ReadFile, Reading, ReadingContext } from './format.js'
import { isCode, isMarkedGenerated, isPipelineFile, isToldByText } from './left-out.js'
import { headOf, LinesOf } from './lines-of.js'
import { loadFormats } from './load-formats.js'
import { entryOf, extensionOf, type InputEntry, type Outcome } from './outcome.js'
import { unrenderedTemplate } from './helm-templates.js'
import { refusalOf, startsCode } from './other-kinds.js'
import { readText } from './read-text.js'
import { tooLarge } from './too-large.js'
import { wordsOfTemplate } from './unread-template.js'
import { mainOf, readersOf, together } from './readers.js'
import { folderOf } from './rendering/charts.js'
import { readRendered } from './rendering/read-rendered.js'
import { NOTHING_RENDERED, type RenderedSystem, type Rendering } from './rendering/rendering.js'

export interface Inputs {
  facts: Facts
  inputs: InputEntry[]
  /** Charts and overlays, and what became of each. */
  rendered: RenderedSystem[]
  problems: Problem[]
  leftOut: { what: string; count: number }[]
  /** Faults of ours, each with the format in which it arose. */
  faults: string[]
}

/** Reads each file once, or what it was rendered into. `formats` are all those in the folder `formats/` unless given. */
export async function readInputs(
  discovery: Discovery,
  context: ReadingContext,
  formats?: Format[],
  rendering: Rendering = NOTHING_RENDERED,
): Promise<Inputs> {
  const known = formats ?? (await loadFormats())
  const rendered = await readRendered(rendering.documents, known, context)
  const outcomes = [...discovery.problems.map(({ path, message }) => unread(path, { failed: message }, null))]
  const leftOut = new Map(discovery.leftOut.map(({ what, count }) => [what, count]))
  const tooLarge = new Set(discovery.tooLarge)
  for (const found of [...discovery.tooLarge, ...discovery.files]) {
    const renderer = rendering.replaced.get(found.path)
    const read = tooLarge.has(found)
      ? await readLarge(found, known)
      : renderer === undefined
        ? await readOne(found, known, context, rendering)
        : [replacedBy(renderer, found, rendered.get(found.path))]
    const lost = rendering.lost.get(found.path)
    if (typeof read === 'string') leftOut.set(read, (leftOut.get(read) ?? 0) + 1)
    else outcomes.push(...(lost === undefined ? read : read.map((outcome) => withoutPart(outcome, lost))))
  }
  const linkings = await linkAll(outcomes, known, context)
  const final = wholeFiles(
    outcomes.map((outcome) => ({
      ...outcome,
      reading:
        (outcome.format && linkings.get(outcome.format)?.revised?.get(outcome.path)) ?? outcome.reading,
    })),
  )
  const readings = [...final.map((outcome) => outcome.reading), ...linkings.values()]
  return {
    facts: new Facts([...readings.flatMap((reading) => reading.facts), ...factsOf(rendering)]),
    inputs: final.map(entryOf).sort((a, b) => compareText(a.path, b.path)),
    rendered: rendering.systems,
    problems: [
      ...discovery.problems,
      ...rendering.problems,
      ...readings.flatMap((reading) => reading.problems),
    ].sort(compareProblems),
    leftOut: [...leftOut]
      .map(([what, count]) => ({ what, count }))
      .sort((a, b) => compareText(a.what, b.what)),
    faults: [...new Set(readings.flatMap(({ fault }) => fault ?? []))],
  }
}

/** One outcome for each format that reads it, or the kind of file under which it is counted as left out. */
async function readOne(
  found: FoundFile,
  formats: Format[],
  context: ReadingContext,
  { advice }: Rendering,
): Promise<Outcome[] | string> {
  const content = readText(found)
  if (content.text === null) return [unread(found.path, content.refused, content.sha256)]
  if (isMarkedGenerated(found.path, content.text)) return 'generated code'
  const file = {
    path: found.path,
    extension: extensionOf(found.path),
    text: content.text,
    sha256: content.sha256,
  }
  const template = unrenderedTemplate(file)
  if (template !== null) return [unreadTemplate(file, advice.get(file.path) ?? template)]
  const outcomes: Outcome[] = []
  for (const format of readersOf(file, formats)) {
    const reading = await guarded(file.path, format, () => format.read(file, context))
    outcomes.push({
      path: file.path,
      format,
      file: format.standsAlone ? null : file,
      sha256: file.sha256,
      reading: content.flaw === null ? reading : { partial: content.flaw, ...reading },
    })
  }
  if (outcomes.length > 0) return outcomes
  if (isCode(file.path)) return 'code that no format reads'
  if (isToldByText(file.path) || isPipelineFile(file.path)) return 'other kinds of files'
  const refused = unread(file.path, refusalOf(file), file.sha256)
  return [startsCode(file) ? { ...refused, file } : refused]
}

/** Of what is left to be rendered only its plain words are known. */
function unreadTemplate(file: InputFile, skipped: string): Outcome {
  const outcome = unread(file.path, { skipped }, file.sha256)
  return { ...outcome, reading: { ...outcome.reading, facts: [wordsOfTemplate(file)] } }
}

/** By a format that reads line by line; any other would have to hold all of it. */
async function readLarge(found: FoundFile, formats: Format[]): Promise<Outcome[] | string> {
  const { path } = found
  const file = { path, extension: extensionOf(path), head: headOf(found) }
  const format = formats.find(({ lines }) => lines?.recognises(file))
  if (!format?.lines)
    return isToldByText(path) ? 'other kinds of files' : [unread(path, tooLarge(found), null)]
  const lines = new LinesOf(found)
  const reading = await guarded(path, format, () => format.lines!.read(file, lines))
  return [{ path, format, file: null, sha256: lines.sha256(), reading: lines.completed(reading) }]
}

/** What rendered objects do not show themselves. */
function factsOf({ unlisted, imageNames, missingCharts }: Rendering): Fact[] {
  const first = (path: string): Source => ({ path, line: 1, column: 1, endLine: 1 })
  return [
    ...[...unlisted].map(([path, by]) => ({ fact: 'unlisted-manifest' as const, source: first(by), path })),
    ...[...missingCharts].map(([path, names]) => ({
      fact: 'missing-charts' as const,
      source: first(path),
      folder: folderOf(path),
      names,
    })),
    ...[...imageNames].map(([name, by]) => ({ fact: 'named-image' as const, source: first(by), name })),
  ]
}

/** What was rendered stands for the file: read by itself it would count as final. */
function replacedBy(renderer: string, found: FoundFile, reading: Reading | undefined): Outcome {
  const { sha256 } = readText(found)
  return {
    path: found.path,
    format: null,
    renderer,
    file: null,
    sha256,
    reading: reading ?? { facts: [], problems: [] },
  }
}

/** What else was read of it stays. */
function withoutPart(outcome: Outcome, lost: string): Outcome {
  const { facts, problems, failed } = outcome.reading
  const why = failed === undefined && facts.length > 0 ? { partial: lost } : { failed: failed ?? lost }
  return { ...outcome, reading: { facts, problems, ...why } }
}

/** A fault of ours in a format costs the file, not the run. */
async function guarded(
  path: string,
  format: Format,
  action: () => Reading | Promise<Reading>,
): Promise<Reading> {
  try {
    return await action()
  } catch (error) {
    return faulty(path, format, error)
  }
}

/** What each format says of all files together. */
async function linkAll(
  outcomes: Outcome[],
  formats: Format[],
  context: ReadingContext,
): Promise<Map<Format, Linking>> {
  const linkings = formats.map(async (format): Promise<[Format, Linking][]> => {
    const own = outcomes.filter((outcome) => outcome.format === format)
    if (!format.link || own.length === 0) return []
    try {
      return [[format, await format.link(filesFor(own, outcomes), context)]]
    } catch (error) {
      // What links them decides over all of them: none may look as if it had been judged.
      const lost = faulty(own[0]!.path, format, error)
      return [
        [format, { ...lost, revised: new Map(own.map(({ path }) => [path, { ...lost, problems: [] }])) }],
      ]
    }
  })
  return new Map((await Promise.all(linkings)).flat())
}

/** Every text once; of a file that several formats read, with what this one read. */
function filesFor(own: Outcome[], outcomes: Outcome[]): ReadFile[] {
  const ownOutcome = new Map(own.map((outcome) => [outcome.path, outcome]))
  const meant = new Map(outcomes.map((outcome) => [outcome.path, ownOutcome.get(outcome.path) ?? outcome]))
  return [...meant.values()].flatMap(({ file, reading }): ReadFile[] => (file ? [{ ...file, reading }] : []))
}

function faulty(path: string, format: Format, error: unknown): Reading {
  const failed = `internal error: ${error instanceof Error ? error.message : String(error)}`
  const fault = `${failed} (format ${format.name})`
  const problems = [{ path, line: null, column: null, message: `${fault}; please report it` }]
  return { facts: [], problems, failed, fault }
}

function unread(
  path: string,
  refused: Pick<Reading, 'skipped' | 'skippedAs' | 'failed'>,
  sha256: string | null,
): Outcome {
  return { path, format: null, file: null, sha256, reading: { facts: [], problems: [], ...refused } }
}

/** What several formats read of one file is one entry. */
function wholeFiles(outcomes: Outcome[]): Outcome[] {
  const byPath = new Map<string, Outcome[]>()
  for (const outcome of outcomes) byPath.set(outcome.path, [...(byPath.get(outcome.path) ?? []), outcome])
  return [...byPath.values()].map((parts) => {
    const reading = parts.length === 1 ? parts[0]!.reading : together(parts.map(({ reading }) => reading))
    return { ...mainOf(parts), reading }
  })
}

function compareProblems(a: Problem, b: Problem): number {
  return (
    compareText(a.path, b.path) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.message, b.message)
  )
}
