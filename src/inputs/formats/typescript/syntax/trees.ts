/** The trees of the files of a run, each made when it is first asked for. */
import type { InputFile, ReadFile, Reading } from '../../../format.js'
import type { TS } from './syntax.js'
import { parse } from './tree.js'

/** Trees are kept while links are followed. Null: the nesting exceeds the stack. */
const trees = new WeakMap<Reading, TS.SourceFile | null>()

/** Parsed when first asked for; null for a file that cannot be. */
export function treeOf(file: ReadFile): TS.SourceFile | null {
  let tree = trees.get(file.reading)
  if (tree === undefined) trees.set(file.reading, (tree = parseSafely(file)))
  return tree
}

function parseSafely({ path, text }: InputFile): TS.SourceFile | null {
  try {
    return parse(path, text)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The tree if somebody asked for it; undefined if nobody did. */
export function parsedTree({ reading }: ReadFile): TS.SourceFile | null | undefined {
  return trees.get(reading)
}

export function dropTree({ reading }: ReadFile): void {
  trees.delete(reading)
}
