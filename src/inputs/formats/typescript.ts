/** Reads TypeScript and JavaScript: outbound clients with their guards, practices, routes and servers, by syntax alone. */
import type { CodeFact } from '../../facts/code.js'
import type { Fact } from '../../facts/fact.js'
import type { Format, InputFile, ReadingContext } from '../format.js'
import { candidates, isServiceCode, tokenFilter } from './typescript/candidates.js'
import { clientFacts } from './typescript/clients.js'
import { dropTree, Modules, treeOf } from './typescript/modules.js'
import { practiceFacts } from './typescript/practices.js'
import { suppressionsIn } from './typescript/suppressions.js'
import { Survey } from './typescript/survey.js'
import { isScript, syntaxError } from './typescript/syntax.js'

const MAX_BYTES = 5_000_000
const MAX_AVERAGE_LINE = 5_000

export const typescript: Format = {
  name: 'typescript',
  title: 'TypeScript or JavaScript',

  recognises: ({ path, extension }) => isScript(extension) && !path.endsWith('.d.ts'),

  read(file, context) {
    const reason = unreadable(file)
    if (reason) return { facts: [], problems: [], skipped: reason }
    if (context.prefilter && !tokenFilter(context.libraries).test(file.text))
      return { facts: suppressionsIn(file), problems: [] }
    const tree = treeOf(file)
    if (!tree)
      return {
        facts: [],
        problems: [],
        skipped: 'nested too deeply to be parsed; split the expression or exclude the file',
      }
    const error = syntaxError(tree)
    const facts = suppressionsIn(file)
    if (!error) return { facts, problems: [] }
    const message = `syntax error: ${error.message} What could be parsed around it was read; correct the file or exclude it`
    return {
      facts,
      problems: [{ path: file.path, line: error.line, column: error.column, message }],
      partial: 'has a syntax error',
    }
  },

  link(files, context) {
    const readable = files.filter((file) => !isScript(file.extension) || !unreadable(file))
    const survey = surveyOf(readable, context)
    const facts: CodeFact[] = [...clientFacts(survey), ...practiceFacts(survey)]
    for (const file of readable) dropTree(file)
    return { facts: facts satisfies Fact[], problems: [] }
  },
}

export default typescript

/** Surveys the files that hold a necessary token, then those that import clients they make. */
function surveyOf(files: InputFile[], context: ReadingContext): Survey {
  const modules = new Modules(files)
  const survey = new Survey(modules, context.libraries)
  const service = files.filter(
    (file) => isScript(file.extension) && !file.path.endsWith('.d.ts') && isServiceCode(file),
  )
  for (const file of candidates(service, modules, context)) {
    const tree = treeOf(file)
    if (tree) survey.add(tree)
  }
  return survey
}

function unreadable(file: InputFile): string | null {
  if (file.text.length > MAX_BYTES) return 'larger than 5 MB: generated or bundled code is not read'
  const lines = file.text.split('\n').length
  return file.text.length / lines > MAX_AVERAGE_LINE
    ? `minified: lines of ${Math.round(file.text.length / lines)} characters on average`
    : null
}
