/** What rendering one system adds to the whole. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../format.js'
import type { MergedObject } from './environments.js'
import { ownComments } from '../yaml/remarks.js'
import { TooMuch } from './workbench.js'
import type { Unlisted } from './overlays.js'
import type { Environment, RenderedDocument, RenderedSystem } from './rendering.js'

export interface Part {
  system: RenderedSystem
  documents: RenderedDocument[]
  replaced: string[]
  unlisted: Unlisted[]
  /** Files of which evidence was lost although there was a tool. */
  lost: [path: string, reason: string][]
  advice: [path: string, what: string][]
  problems: Problem[]
}

/** A system of which nothing is rendered. */
export function unrendered(
  system: Pick<RenderedSystem, 'kind' | 'path' | 'tool' | 'environments'>,
  outcome: 'not rendered' | 'failed',
  reason: string,
): Part {
  return {
    system: { ...system, outcome, reason, objects: 0 },
    documents: [],
    replaced: [],
    unlisted: [],
    lost: [],
    advice: [],
    problems: [],
  }
}

export function notRun(name: string, command: string, reason: string | null = null): Environment {
  return { name, command, rendered: false, reason }
}

/** Why a copy for the renderer could not be made. */
export function whyNotLaidOut(error: unknown): string {
  if (error instanceof TooMuch) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return `its files could not be copied (${code})`
}

/** `linesIn`: of a file, which of its lines gave the lines of a text. */
export function documentsOf(
  system: string,
  objects: MergedObject[],
  root: string,
  linesIn: (file: string) => (output: string) => number[],
): RenderedDocument[] {
  const known = new Map<string, (output: string) => Pick<RenderedDocument, 'lines' | 'comments'>>()
  const writtenAs = (path: string, output: string): Pick<RenderedDocument, 'lines' | 'comments'> => {
    const reading = known.get(path) ?? readingOf(readFileSync(join(root, path), 'utf8'), linesIn)
    known.set(path, reading)
    return reading(output)
  }
  return objects.map(({ path, text, isGenerated, onlyIn, variants }) => ({
    system,
    path,
    text,
    ...(isGenerated ? { lines: [1], comments: [] } : writtenAs(path, text)),
    onlyIn,
    variants,
    isGenerated,
  }))
}

/** With the comments from the line that gave its first one on. */
function readingOf(
  file: string,
  linesIn: (file: string) => (output: string) => number[],
): (output: string) => Pick<RenderedDocument, 'lines' | 'comments'> {
  const linesOf = linesIn(file)
  const lineStarts = [0, ...[...file.matchAll(/\n/g)].map(({ index }) => index + 1)]
  return (output) => {
    const lines = linesOf(output)
    const [line = 1] = lines.slice(1)
    const endLine = lines.reduce((last, other) => Math.max(last, other), line)
    return { lines, comments: ownComments(file, { line, endLine }, lineStarts) }
  }
}
