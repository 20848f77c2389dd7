/** Timeouts of jobs that are given as the duration of a lock, which is renewed as long as the job runs. */
import type { Practice } from '../../../../facts/code.js'
import type { Library } from '../../../../knowledge/libraries.js'
import { importsOneOf } from './job-options.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { calleeName, some, textOf, ts, walk, type TS } from '../syntax/syntax.js'

const TIMEOUT = /time_?out/i
/** Calls that end something after a time. */
const ENDS = /time_?out|deadline/i

export function renewedLocks(survey: Survey): Practice[] {
  return survey.shapes.libraries.flatMap((library) => locksOf(library, survey))
}

function locksOf({ renewedLock: facts }: Library, survey: Survey): Practice[] {
  if (!facts) return []
  const { option, reason } = facts
  return survey.files.flatMap(({ tree }) => {
    if (!tree.text.includes(option) || !importsOneOf(facts, tree)) return []
    return settingsIn(tree, option).flatMap(({ at, name }) => {
      if (endsWork(name, survey)) return []
      const detail = `\`${name}\` is given as \`${option}\`: ${reason}`
      return practice(survey, at, 'timeout-inert', 'inert', detail)
    })
  })
}

/** `lockDuration: JOB_TIMEOUT_MS`, with the name that speaks of a timeout. */
function settingsIn(tree: TS.SourceFile, option: string): { at: TS.Node; name: string }[] {
  const found: { at: TS.Node; name: string }[] = []
  walk(tree, (node) => {
    if (!ts.isPropertyAssignment(node) || textOf(node.name) !== option) return
    const name = timeoutIn(node.initializer)
    if (name !== null) found.push({ at: node, name })
  })
  return found
}

function timeoutIn(value: TS.Expression): string | null {
  let name: string | null = null
  some(value, (node) => {
    if (ts.isIdentifier(node) && TIMEOUT.test(node.text)) name = node.text
    return name !== null
  })
  return name
}

/** The same time also ends something by itself: `AbortSignal.timeout(JOB_TIMEOUT_MS)`. */
function endsWork(name: string, survey: Survey): boolean {
  const named = new RegExp(`\\b${name.replace(/\$/g, '\\$&')}\\b`)
  return survey.modules
    .treesWith(named)
    .some((tree) =>
      some(
        tree,
        (node) =>
          ts.isCallExpression(node) &&
          ENDS.test(calleeName(node)) &&
          node.arguments.some((argument) => named.test(argument.getText())),
      ),
    )
}
