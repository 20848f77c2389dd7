/** Reads TypeScript and JavaScript: outbound clients with their guards, practices, routes and servers, by syntax alone. */
import type { CodeFact, OtherModule, UnreachedModule } from '../../facts/code.js'
import type { Fact } from '../../facts/fact.js'
import type { Format, InputFile, ReadFile, Reading, ReadingContext } from '../format.js'
import { candidates, leadingToLibraries } from './typescript/running/candidates.js'
import { Clients } from './typescript/clients/clients.js'
import { faultAt, withoutFaulty } from './typescript/syntax/file-faults.js'
import { ImportGraph } from './typescript/modules/import-graph.js'
import { Modules } from './typescript/modules/modules.js'
import { PackageNames } from './typescript/modules/package-names.js'
import { dropTree, parsedTree, treeOf } from './typescript/syntax/trees.js'
import { usesLibrary } from './typescript/running/necessary-text.js'
import { practiceFacts } from './typescript/practices.js'
import { Reachability } from './typescript/running/reachability.js'
import { Roles, type Role } from './typescript/running/roles.js'
import { suppressionsIn } from './typescript/syntax/suppressions.js'
import { exportedMetrics } from './typescript/servers/exported-metrics.js'
import { sharedModules } from './typescript/modules/shared-modules.js'
import { Survey } from './typescript/survey/survey.js'
import { unusedGuards } from './typescript/settings/unused-guards.js'
import { unreadSettings } from './typescript/settings/unread-settings.js'
import { uncalledAround, type Uncalled } from './typescript/running/uncalled.js'
import { uncalledIn } from './typescript/running/uncalled-views.js'
import { isScript, syntaxError, type SyntaxFault } from './typescript/syntax/syntax.js'

const TOO_DEEP = 'nested too deeply to be parsed; split the expression or exclude the file'
const MAX_BYTES = 5_000_000
const MAX_AVERAGE_LINE = 5_000

export const typescript: Format = {
  name: 'typescript',
  title: 'TypeScript or JavaScript',

  recognises: (file) => isCode(file) || isCompilerConfiguration(file),

  read(file) {
    if (!isCode(file)) return { facts: [], problems: [] }
    const reason = unreadable(file)
    if (reason) return { facts: [], problems: [], skipped: reason }
    return { facts: suppressionsIn(file), problems: [] }
  },

  link(files, context) {
    const readable = files.filter(
      ({ extension, reading }) => !isScript(extension) || reading.skipped === undefined,
    )
    const { result: facts, faulty } = withoutFaulty(readable, (files) => factsOf(files, context))
    const revised = new Map([...readable.flatMap((file) => revision(file)), ...faulty])
    for (const file of readable) dropTree(file)
    return { facts: facts satisfies Fact[], problems: [], revised }
  },
}

export default typescript

/** Code of which nothing shows that it runs is surveyed apart, so that it neither guards nor endangers what runs. */
function factsOf(files: ReadFile[], context: ReadingContext): CodeFact[] {
  const graph = new ImportGraph(new Modules(files, new PackageNames(context.libraries)))
  const code = files.filter(isCode)
  const roles = new Roles(code, files, graph, context.libraries)
  const serving = code.filter(({ path }) => isServing(roles.of(path)))
  const using = new Set(code.filter(({ text }) => usesLibrary(text, context.libraries)))
  const relevant = candidates(serving, using, graph)
  const looked = context.prefilter ? relevant : serving
  const reached = looked.length === 0 ? null : new Reachability(code, files, relevant, graph)
  const doubtful = looked.flatMap((file) => unreachedModule(file, roles, reached, graph.modules))
  const relevantPaths = new Set(relevant.map(({ path }) => path))
  const inDoubt = new Set(doubtful.map(({ source }) => source.path))
  const others = code.flatMap((file) => otherModule(file, roles, graph.modules))
  const leading = context.prefilter ? leadingToLibraries(code, using, graph, context.libraries) : null
  const surveyed = (files: ReadFile[], uncalled: Uncalled | null): CodeFact[] =>
    factsOfCode(files, new Survey(graph.modules, context.libraries, leading, uncalled))
  const uncalled = reached && uncalledIn(code, roles, graph, reached)
  const running = surveyed(
    looked.filter(({ path }) => !inDoubt.has(path)),
    uncalled,
  )
  return [
    ...running,
    ...(uncalled ? uncalledAround(running.filter(isJudged), uncalled, graph.modules) : []),
    ...surveyed(
      looked.filter(({ path }) => inDoubt.has(path)),
      null,
    ),
    ...doubtful.filter(({ source }) => relevantPaths.has(source.path)),
    ...(reached ? sharedModules(relevant.filter(runs(reached)), serving.filter(runs(reached)), graph) : []),
    ...exportedMetrics(
      serving.filter((file) => reached?.has(file.path) ?? true),
      graph.modules,
    ),
    ...(reached && uncalled
      ? [
          ...unreadSettings(serving.filter(runs(reached)), graph.modules, uncalled, running),
          ...unusedGuards(serving, serving.filter(runs(reached)), graph.modules, uncalled),
        ]
      : []),
    ...others,
  ]
}

/** Ways of calls and endpoints only tell more of what is judged. */
function isJudged({ fact }: CodeFact): boolean {
  return fact !== 'call-path' && fact !== 'endpoint'
}

const runs =
  (reached: Reachability) =>
  ({ path }: ReadFile): boolean =>
    reached.has(path)

function factsOfCode(files: ReadFile[], survey: Survey): CodeFact[] {
  try {
    for (const file of files) {
      const tree = treeOf(file)
      if (tree) survey.add(tree)
    }
    const clients = new Clients(survey)
    return [...clients.facts, ...practiceFacts(survey, clients)]
  } catch (error) {
    throw faultAt(survey.resolver.trail.at, error)
  }
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
      : reached.isOnlyForUsers(file.path)
        ? 'published'
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

/** What parsing showed of a file that was looked into. */
function revision(file: ReadFile): [string, Reading][] {
  const tree = parsedTree(file)
  if (tree === undefined) return []
  if (tree === null) return [[file.path, { ...file.reading, failed: TOO_DEEP }]]
  const error = syntaxError(tree)
  return error ? [[file.path, { ...file.reading, ...broken(file, error) }]] : []
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
