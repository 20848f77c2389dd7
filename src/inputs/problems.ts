/** Problems of one file in one line, for the list of inputs. */
import type { Problem } from './format.js'

export function describeProblems(problems: Problem[]): string {
  const [first] = problems
  if (!first) return 'empty'
  const place = first.line === null ? '' : `line ${first.line}: `
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return `${place}${first.message}${more}`
}
