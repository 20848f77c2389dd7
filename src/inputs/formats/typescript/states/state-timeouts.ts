/** Rows that are put into a state of work under way: who finds them again when the process that did so is gone? */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { packageOf, practice } from '../survey/practice.js'
import { ownerOf, stateWritten, textOfState } from './stored-states.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { sourceOf, symbolOf, type TS } from '../syntax/syntax.js'
import { isOfStore, isWrite } from '../effects/writes.js'

const PATTERN = 'state-timeout'

interface Entered {
  state: string
  /** What the state belongs to, as the code names it: `export` of `db.export.update()`. */
  of: string
  folder: string
  at: TS.CallExpression
}

export function stateTimeouts(survey: Survey): Practice[] {
  const byPlace = new Map<string, Entered[]>()
  for (const { calls } of survey.files)
    for (const call of calls) {
      const entered = enteredBy(survey, call)
      if (!entered) continue
      const key = [entered.folder, entered.of, entered.state].join('\n')
      byPlace.set(key, [...(byPlace.get(key) ?? []), entered])
    }
  return [...byPlace.values()].map((all) => judge(survey, all))
}

function judge(survey: Survey, [first, ...others]: Entered[]): Practice {
  const { state, of, at } = first!
  const finder = finderOf(survey, first!)
  if (finder) {
    const related = [{ source: sourceOf(finder.node), message: 'old ones are looked for here' }]
    const detail = `Rows of \`${of}\` left in \`${state}\` are looked for`
    return practice(survey, at, PATTERN, 'present', detail, null, related)
  }
  const related = others.map((other) => ({
    source: sourceOf(other.at),
    message: `\`${state}\` is written here too`,
  }))
  const reason = `no code was seen that looks for old rows of \`${of}\` in \`${state}\``
  return practice(
    survey,
    at,
    PATTERN,
    'unknown',
    `Rows of \`${of}\` are put into \`${state}\``,
    reason,
    related,
  )
}

/** By a call to the store, or to a function of the project that hands the state to it. */
function enteredBy(survey: Survey, call: TS.CallExpression): Entered | null {
  const state = stateWritten(survey, call)
  if (state === null || !codeWords().inFlightStates.test(state)) return null
  const writes = survey.callsFrom(call).some((reached) => isStored(reached) && isWrite(reached))
  return writes ? { state, of: ownerOf(call), folder: packageOf(survey, call), at: call } : null
}

/** A call of the same package that asks for the state and for a time, or stands in code that says it looks for such rows. */
function finderOf(survey: Survey, { state, of, folder, at }: Entered): OutboundCall | null {
  const isNamed = textOfState(state)
  const { comparesTime, looksForStuck } = codeWords()
  const finds = (other: OutboundCall): boolean => {
    if (other.node === at || !isStored(other) || packageOf(survey, other.node) !== folder) return false
    const text = other.node.getText()
    return (
      isNamed.test(text) &&
      isSame(ownerOf(other.node), of) &&
      (comparesTime.test(text) || looksForStuck.test(symbolOf(other.node)))
    )
  }
  return survey.outbound.find(finds) ?? null
}

function isSame(one: string, other: string): boolean {
  const plain = (name: string): string =>
    name.toLowerCase().replace(/^_|(repository|repo|model|dao|store|collection)$|s$/g, '')
  const { anyStore } = codeWords()
  return anyStore.test(one) || anyStore.test(other) || plain(one) === plain(other)
}

function isStored({ client }: OutboundCall): boolean {
  return isOfStore(client)
}
