/** The delays of retries by a library around work in which no client was found, so that no call tells of them. */
import type { Guard, Practice } from '../../../../../facts/code.js'
import { judge, type Setting } from '../../survey/guards.js'
import { functionOf, practice, somewhere } from '../../survey/practice.js'
import type { WrapperSeen } from '../../survey/shapes.js'
import type { Survey } from '../../survey/survey.js'
import { bare, some, ts, type TS } from '../../syntax/syntax.js'
import { versionsOf } from '../../modules/versions.js'

export function wrappedDelays(survey: Survey): Practice[] {
  return survey.wrappers.flatMap((seen) => (isAroundUnknown(seen, survey) ? delaysOf(seen, survey) : []))
}

/** The work is written here and waits for something, of which nobody saw where it goes. */
function isAroundUnknown(seen: WrapperSeen, survey: Survey): boolean {
  const { wrapper, made } = seen
  if (!wrapper.triesAgain || wrapper.wraps === undefined || !ts.isCallExpression(made)) return false
  const work = functionOf(survey, made.arguments[wrapper.wraps])?.body
  return (
    !!work &&
    survey.callsFrom(work).length === 0 &&
    waitsForUnknown(work, survey) &&
    !isSingleTry(seen, survey)
  )
}

function delaysOf(seen: WrapperSeen, survey: Survey): Practice[] {
  return (['retry-backoff', 'retry-jitter'] as const).flatMap((pattern) => {
    const facts = seen.wrapper.gives[pattern]
    const guard = facts && judge(facts, settingOf(seen, survey), survey.resolver)
    if (!guard || !isDecided(guard)) return []
    return [
      practice(survey, seen.made, pattern, guard.state, `${seen.library.title} retries: ${guard.reason}`),
    ]
  })
}

/** Also through functions of the project; what they only compute themselves hits nobody. */
function waitsForUnknown(work: TS.Node, survey: Survey): boolean {
  return (
    some(work, ts.isAwaitExpression) &&
    somewhere(survey, work, (node) => {
      if (ts.isAwaitExpression(node)) return !ts.isCallExpression(bare(node.expression))
      if (!ts.isCallExpression(node) || functionOf(survey, node.expression)) return false
      const { parent } = node
      return ts.isAwaitExpression(parent) || ts.isReturnStatement(parent) || ts.isArrowFunction(parent)
    })
  )
}

/** `retries: 0` */
function isSingleTry(seen: WrapperSeen, survey: Survey): boolean {
  const facts = seen.wrapper.gives['http-retry']
  return facts !== undefined && judge(facts, settingOf(seen, survey), survey.resolver).state === 'absent'
}

const isDecided = ({ state }: Guard): boolean => state === 'present' || state === 'absent'

function settingOf({ wrapper, made, library }: WrapperSeen, survey: Survey): Setting {
  const given = made.arguments ?? []
  return {
    versions: versionsOf(library, made.getSourceFile().fileName, survey.modules),
    checked: library.checked,
    title: library.title,
    create: wrapper.options.map((index) => given[index]),
    positional: [...given],
    call: null,
    addresses: () => [],
    derivations: [],
    hasListener: () => false,
    hasEffect: false,
  }
}
