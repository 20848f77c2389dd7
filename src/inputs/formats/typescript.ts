/** Reads TypeScript and JavaScript: outbound clients with their guards, practices, routes and servers, by syntax alone. */
import type { CodeFact, OtherModule, UnreachedModule } from '../../facts/code.js'
import type { Fact } from '../../facts/fact.js'
import type { Format, InputFile, ReadFile, Reading, ReadingContext } from '../format.js'
import { candidates, mayGiveFacts } from './typescript/candidates.js'
import { Clients } from './typescript/clients.js'
import { ImportGraph } from './typescript/import-graph.js'
import { dropTree, keepTree, Modules, parseSafely, treeOf } from './typescript/modules.js'
import { practiceFacts } from './typescript/practices.js'
import { Reachability } from './typescript/reachability.js'
import { Roles, type Role } from './typescript/roles.js'
import { suppressionsIn } from './typescript/suppressions.js'
import { Survey } from './typescript/survey.js'
import { isScript, syntaxError, type SyntaxFault } from './typescript/syntax.js'

const TOO_DEEP = 'nested too deeply to be parsed; split the expression or exclude the file'
const MAX_BYTES = 5_000_000
const MAX_AVERAGE_LINE = 5_000

export const typescript: Format = {
  name: 'typescript',
  title: 'TypeScript or JavaScript',

  recognises: (file) => isCode(file) || isCompilerConfiguration(file),

  read(file, context) {
    if (!isCode(file)) return { facts: [], problems: [] }
    const reason = unreadable(file)
    if (reason) return { facts: [], problems: [], skipped: reason }
    const facts = suppressionsIn(file)
    if (context.prefilter && !mayGiveFacts(file, context.libraries)) return { facts, problems: [] }
    const tree = parseSafely(file)
    if (!tree) return { facts, problems: [], failed: TOO_DEEP }
    const error = syntaxError(tree)
    return keepTree(error ? { facts, ...broken(file, error) } : { facts, problems: [] }, tree)
  },

  link(files, context) {
    const readable = files.filter(
      ({ extension, reading }) => !isScript(extension) || reading.skipped === undefined,
    )
    const facts = factsOf(readable, context)
    for (const file of readable) dropTree(file)
    return { facts: facts satisfies Fact[], problems: [] }
  },
}

export default typescript

/** Code of which nothing shows that it runs is surveyed apart, so that it neither guards nor endangers what runs. */
function factsOf(files: ReadFile[], context: ReadingContext): CodeFact[] {
  const graph = new ImportGraph(new Modules(files))
  const code = files.filter(isCode)
  const roles = new Roles(code, files, graph, context.libraries)
  const serving = code.filter(({ path }) => isServing(roles.of(path)))
  const looked = candidates(serving, graph, context)
  const reached = looked.length === 0 ? null : new Reachability(code, files, graph)
  const doubtful = serving.flatMap((file) => unreachedModule(file, roles, reached, graph.modules))
  const inDoubt = new Set(doubtful.map(({ source }) => source.path))
  const others = code.flatMap((file) => otherModule(file, roles, graph.modules))
  return [
    ...factsOfCode(
      looked.filter(({ path }) => !inDoubt.has(path)),
      graph.modules,
      context,
    ),
    ...factsOfCode(
      looked.filter(({ path }) => inDoubt.has(path)),
      graph.modules,
      context,
    ),
    ...doubtful,
    ...others,
  ]
}

function factsOfCode(files: ReadFile[], modules: Modules, context: ReadingContext): CodeFact[] {
  const survey = new Survey(modules, context.libraries)
  for (const file of files) {
    const tree = treeOf(file)
    if (tree) survey.add(tree)
  }
  const clients = new Clients(survey)
  return [...clients.facts, ...practiceFacts(survey, clients)]
}

function unreachedModule(
  file: ReadFile,
  roles: Roles,
  reached: Reachability | null,
  modules: Modules,
): UnreachedModule[] {
  if (reached === null) return []
  const why = !reached.has(file.path)
    ? 'no-entry'
    : roles.of(file.path) === 'components-only'
      ? 'components-only'
      : null
  return why === null ? [] : [{ fact: 'unreached-module', ...placeOf(file, modules), why }]
}

function otherModule(file: ReadFile, roles: Roles, modules: Modules): OtherModule[] {
  const role = roles.of(file.path)
  return isServing(role) ? [] : [{ fact: 'other-module', ...placeOf(file, modules), role }]
}

function isServing(role: Role): role is 'service' | 'components-only' {
  return role === 'service' || role === 'components-only'
}

function placeOf({ path }: ReadFile, modules: Modules): Pick<OtherModule, 'source' | 'package'> {
  return {
    source: { path, line: 1, column: 1, endLine: 1 },
    package: modules.packageOf(path)?.folder ?? '',
  }
}

const isCode = ({ path, extension }: InputFile): boolean => isScript(extension) && !path.endsWith('.d.ts')

/** A tsconfig: its path aliases say which files imports mean. */
function isCompilerConfiguration({ path, extension, text }: InputFile): boolean {
  return (
    extension === '.json' && /(^|\/)tsconfig[^/]*$/.test(path) && /"(compilerOptions|extends)"/.test(text)
  )
}

function broken({ path }: InputFile, error: SyntaxFault): Pick<Reading, 'problems' | 'partial'> {
  const message = `syntax error: ${error.message} What could be parsed around it was read; correct the file or exclude it`
  return {
    problems: [{ path, line: error.line, column: error.column, message }],
    partial: 'has a syntax error',
  }
}

function unreadable(file: InputFile): string | null {
  if (file.text.length > MAX_BYTES) return 'larger than 5 MB: generated or bundled code is not read'
  if (file.text.length <= MAX_AVERAGE_LINE) return null
  const average = file.text.length / file.text.split('\n').length
  return average > MAX_AVERAGE_LINE ? `minified: lines of ${Math.round(average)} characters on average` : null
}
