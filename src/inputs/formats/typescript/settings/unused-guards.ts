/** Circuit breakers and bulkheads of the project that no call goes through: they are written, and nothing uses them. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { hasWord, mayHaveWord } from '../../../../knowledge/identifier-words.js'
import type { ReadFile } from '../../../format.js'
import { declaredIn, type DeclaredCode } from '../modules/declared-code.js'
import type { Modules } from '../modules/modules.js'
import { hasWord as isNamedIn } from '../syntax/word-pattern.js'
import type { Uncalled } from '../running/uncalled.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bindingOf } from '../syntax/scope.js'
import { some, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { treeOf } from '../syntax/trees.js'
import { Resolver } from '../values/resolve.js'
import { otherNames, type OtherNames } from './guard-names.js'
import { useIn, type GuardUse } from './guard-uses.js'

const PATTERN = 'guard-used'

/** `running`: the files that run; a guard of a module that is used in none of them may be used in no call at all. */
export function unusedGuards(
  files: ReadFile[],
  running: ReadFile[],
  modules: Modules,
  uncalled: Uncalled,
): Practice[] {
  const survey = { modules, resolver: new Resolver(modules) }
  return files.flatMap((file) => {
    const tree = mayHaveWord(file.text, codeWords().ownGuards) ? treeOf(file) : null
    return (tree ? declaredIn(tree) : []).filter(isGuard).flatMap((guard) => {
      const told = (state: Practice['state'], detail: string, reason: string | null = null): Practice[] => [
        practice(survey, guard.nodes[0]!, PATTERN, state, detail, reason),
      ]
      return judge(guard, tree!, { files, running, survey, uncalled }, told)
    })
  })
}

interface Around {
  files: ReadFile[]
  running: ReadFile[]
  survey: Pick<Survey, 'modules' | 'resolver'>
  uncalled: Uncalled
}

type Told = (state: Practice['state'], detail: string, reason?: string) => Practice[]

/** Nothing is said of one that only code uses which does not run. */
function judge(guard: DeclaredCode, tree: TS.SourceFile, around: Around, told: Told): Practice[] {
  const { label, name, nodes, exportedAs } = guard
  const { mentions } = around.uncalled
  const unused = `\`${label}\` is declared, and nothing uses it`
  const why = around.uncalled.at(tree, nodes[0]!.getStart(tree, false))?.why
  if (why === 'no-caller') return told('inert', unused)
  const others = otherNames(tree.fileName, name, exportedAs, mentions)
  const use = useAmong(around.running, guard, others, around.survey)
  if (use?.kind === 'called') return told('present', `\`${label}\` is used`)
  const declared = `\`${label}\` is declared`
  if (use) {
    const { path, line } = sourceOf(use.at)
    return told(
      'unknown',
      declared,
      `\`${label}\` is handed on as a whole (${path}:${line}): what goes through it was not followed`,
    )
  }
  if (mentions.isGivenOut(tree.fileName, exportedAs))
    return told(
      'unknown',
      declared,
      `only code that is not among the files may use \`${label}\`, which its package exports`,
    )
  if (useAmong(around.files, guard, others, around.survey)) return []
  return others.mayBeMore
    ? told('unknown', declared, `other modules may use \`${label}\` under a name that was not followed`)
    : told('inert', unused)
}

/** The first call in some files, else where they hand it on. */
function useAmong(
  files: ReadFile[],
  { name, nodes }: DeclaredCode,
  { byModule }: OtherNames,
  survey: Around['survey'],
): GuardUse | null {
  const isOther = (at: TS.Identifier): boolean => survey.resolver.resolve(at).kind === 'library'
  const isOwn = (node: TS.Node): boolean => nodes.includes(node)
  const uses = files.flatMap(({ path, text }) => {
    const aliases = byModule.get(path) ?? new Set()
    const tree = aliases.size > 0 || isNamedIn(text, name) ? survey.modules.tree(path) : null
    return (tree && useIn(tree, name, aliases, { isOwn, isOther })) ?? []
  })
  return uses.find(({ kind }) => kind === 'called') ?? uses[0] ?? null
}

/** A function or class of such a name that calls what it is given. */
function isGuard({ kind, name, nodes }: DeclaredCode): boolean {
  return kind !== 'member' && hasWord(name, codeWords().ownGuards) && nodes.some(runsWhatItGets)
}

function runsWhatItGets(node: TS.Node): boolean {
  return some(
    node,
    (at) =>
      ts.isCallExpression(at) &&
      ts.isIdentifier(at.expression) &&
      bindingOf(at.expression)?.kind === 'parameter',
  )
}
