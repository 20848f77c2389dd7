/** What rendering one system adds to the whole. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../format.js'
import type { MergedObject } from './environments.js'
import type { Environment, RenderedDocument, RenderedSystem } from './rendering.js'

export interface Part {
  system: RenderedSystem
  documents: RenderedDocument[]
  replaced: string[]
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
    advice: [],
    problems: [],
  }
}

export function notRun(name: string, command: string, reason: string | null = null): Environment {
  return { name, command, rendered: false, reason }
}

/** `linesOf`: which lines of a file gave the lines of a text. */
export function documentsOf(
  system: string,
  objects: MergedObject[],
  root: string,
  linesOf: (file: string, output: string) => number[],
): RenderedDocument[] {
  const texts = new Map<string, string>()
  const textOf = (path: string): string => {
    const known = texts.get(path)
    if (known !== undefined) return known
    const text = readFileSync(join(root, path), 'utf8')
    texts.set(path, text)
    return text
  }
  return objects.map(({ path, text, isGenerated, onlyIn, variants }) => ({
    system,
    path,
    text,
    lines: isGenerated ? [1] : linesOf(textOf(path), text),
    onlyIn,
    variants,
    isGenerated,
  }))
}
