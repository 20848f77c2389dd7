/** Which formats read a file: one, or all those whose Kubernetes objects stand in it side by side. */
import type { Format, InputFile, Problem, Reading } from './format.js'

export function readersOf(file: InputFile, formats: Format[]): Format[] {
  const first =
    formats.find((candidate) => candidate.begins?.(file)) ??
    formats.find((candidate) => candidate.recognises(file))
  if (!first) return []
  if (!first.readsObjects) return [first]
  return formats.filter((candidate) => candidate.readsObjects && candidate.recognises(file))
}

/** The reading that the file counts as: the first that found something of its own. */
export function mainOf<Part extends { reading: Reading }>(parts: Part[]): Part {
  return (
    parts.find(({ reading }) => reading.skipped === undefined && reading.facts.length > 0) ??
    parts.find(({ reading }) => reading.skippedAs !== 'objects-of-others') ??
    parts[0]!
  )
}

/** What several formats read of one file: what one of them passes over is no loss where another found its own. */
export function together(readings: Reading[]): Reading {
  const used = readings.filter(({ skipped }) => skipped === undefined)
  const counting = used.length > 0 ? used : readings
  const failed = counting.flatMap((reading) => reading.failed ?? [])
  const partial = [...counting.flatMap((reading) => reading.partial ?? []), ...failed]
  const skipped = counting.flatMap(({ skipped, skippedAs }) =>
    skippedAs === 'objects-of-others' ? [] : (skipped ?? []),
  )
  const fault = readings.find((reading) => reading.fault !== undefined)?.fault
  return {
    facts: readings.flatMap(({ facts }) => facts),
    problems: distinct(readings.flatMap(({ problems }) => problems)),
    ...(failed.length === counting.length
      ? { failed: failed[0]! }
      : partial.length > 0
        ? { partial: partial[0]! }
        : skipped.length > 0 && { skipped: skipped.join('; ') }),
    ...(fault !== undefined && { fault }),
  }
}

/** Each of them parsed the whole file, so that a fault of the syntax was met by each. */
function distinct(problems: Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]
}
