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
import { bindingOf } from '../syntax/scope.js'
import { some, ts, type TS } from '../syntax/syntax.js'
import { treeOf } from '../syntax/trees.js'
import { Resolver } from '../values/resolve.js'

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
    return (tree ? declaredIn(tree) : []).filter(isGuard).flatMap(({ label, name, nodes: [node] }) => {
      if (uncalled.at(tree!, node!.getStart(tree!, false))?.why === 'no-caller')
        return [practice(survey, node!, PATTERN, 'inert', `\`${label}\` is declared, and nothing uses it`)]
      const isUsed = running.some(({ path, text }) => path !== file.path && isNamedIn(text, name))
      return isUsed ? [practice(survey, node!, PATTERN, 'present', `\`${label}\` is used`)] : []
    })
  })
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
