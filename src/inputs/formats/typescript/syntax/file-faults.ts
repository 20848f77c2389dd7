/** Faults of ours that one file brings out: they cost the file, not all the code of the run. */
import type { ReadFile, Reading } from '../../../format.js'
import type { TS } from './syntax.js'

/** More than a few, and the fault is not in what the files say. */
const MAX_FILES = 5

/** A fault that arose while this file was looked at. */
class FileFault extends Error {
  constructor(
    readonly path: string,
    readonly fault: unknown,
  ) {
    super(`${fault instanceof Error ? fault.message : String(fault)}`, { cause: fault })
  }
}

/** The fault with the file of the node that was looked at last, when there was one. */
export function faultAt(node: TS.Node | null, fault: unknown): unknown {
  return node === null ? fault : new FileFault(node.getSourceFile().fileName, fault)
}

/** What the work gives for the files that bring out no fault, and the readings of those that do. */
export function withoutFaulty<Work>(
  files: ReadFile[],
  work: (files: ReadFile[]) => Work,
): { result: Work; faulty: Map<string, Reading> } {
  const faulty = new Map<string, Reading>()
  for (;;) {
    try {
      return { result: work(files.filter(({ path }) => !faulty.has(path))), faulty }
    } catch (error) {
      if (!(error instanceof FileFault) || faulty.has(error.path) || faulty.size === MAX_FILES) throw error
      faulty.set(error.path, readingOf(error))
    }
  }
}

function readingOf({ path, message }: FileFault): Reading {
  const failed = `internal error: ${message}`
  const problem = { path, line: null, column: null, message: `${failed}; please report it` }
  return { facts: [], problems: [problem], failed, fault: `${failed} (${path})` }
}
