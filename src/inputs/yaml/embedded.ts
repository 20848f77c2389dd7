/** A file that is a value inside of another file: a configuration in a ConfigMap. */
import type { Source } from '../../facts/source.js'
import { Field } from '../field.js'
import type { Problem } from '../format.js'
import type { YamlDocument } from './document.js'
import { parseYaml } from './parse.js'

/**
 * The documents in a text that stands at a field, with their places in the file around; what is wrong with them is added to
 * `problems`. `isEncoded`: the text is not written as it is, so that all of it stands where the field does.
 */
export function documentsWithin(at: Field, text: string, problems: Problem[], isEncoded = false): Field[] {
  const { source } = at
  const isBlock = !isEncoded && (source.endLine > source.line || !text.includes('\n'))
  return parseYaml({ path: source.path, text }).map((document) => {
    const placed = isBlock ? below(document, source) : { ...document, sourceOf: () => source }
    problems.push(...document.problems.map((problem) => moved(problem, isBlock ? source.line : null, source)))
    return Field.of(placed, problems)
  })
}

/** A block text starts in the line after its key. */
function below(document: YamlDocument, { line: before }: Source): YamlDocument {
  return {
    ...document,
    sourceOf: (path) => {
      const { line, endLine, ...source } = document.sourceOf(path)
      return { ...source, line: line + before, endLine: endLine + before }
    },
  }
}

function moved(problem: Problem, before: number | null, { line, column }: Source): Problem {
  if (before === null || problem.line === null) return { ...problem, line, column }
  return { ...problem, line: problem.line + before }
}
