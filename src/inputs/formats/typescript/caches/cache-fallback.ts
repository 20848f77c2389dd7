/** Reads of a cache whose failure fails the caller, although what was to be read can still be loaded. */
import type { Practice } from '../../../../facts/code.js'
import { fillsIn } from './cache-fills.js'
import type { Clients } from '../clients/clients.js'
import { nameOf } from './coalesced-loads.js'
import type { Fill } from './fills.js'
import { functionOf, practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { calleeName, enclosingFunction, isFunction, some, sourceOf, ts, type TS } from '../syntax/syntax.js'

const PATTERN = 'fallback'

export function cacheFallbacks(survey: Survey, clients: Clients): Practice[] {
  return fillsIn(survey).flatMap((fill) => {
    const about = clients.asked(fill.read)
    return judgeFill(survey, fill).map((practice) => ({ ...practice, about }))
  })
}

function judgeFill(survey: Survey, { read, load, asking: around }: Fill): Practice[] {
  const name = nameOf(load)
  const related = [{ source: sourceOf(load), message: 'what could still be loaded' }]
  switch (endOfFailure(survey, read, around)) {
    case 'answered':
      return [
        practice(survey, read, PATTERN, 'present', 'A failure of the cache is handled where it is called'),
      ]
    case 'passed-on': {
      const detail = `The call fails with the cache, although \`${name}\` could still load the value`
      return [practice(survey, read, PATTERN, 'absent', detail, null, related)]
    }
    case 'not-seen':
      return []
  }
}

/** What becomes of a failure of the command, there or in the function of the project that sends it. */
function endOfFailure(
  survey: Survey,
  read: TS.CallExpression,
  around: TS.FunctionLikeDeclaration,
): 'answered' | 'passed-on' | 'not-seen' {
  if (isAnswered(read, around)) return 'answered'
  if (survey.outboundAt(read)) return 'passed-on'
  const helper = functionOf(survey, read.expression)
  const commands = survey.callsFrom(read)
  if (!helper || commands.length === 0) return 'not-seen'
  if (commands.every(({ node }) => isAnswered(node, enclosingFunction(node) ?? helper))) return 'answered'
  return commands.every(({ node }) => enclosingFunction(node) === helper) ? 'passed-on' : 'not-seen'
}

/** In a try whose catch does not throw again, or with a `.catch()` behind it. */
function isAnswered(node: TS.Node, within: TS.Node): boolean {
  for (let at = node; at !== within; at = at.parent) {
    const { parent } = at
    if (isChained(at)) return true
    const clause = ts.isTryStatement(parent) && parent.tryBlock === at ? parent.catchClause : undefined
    if (clause && !some(clause.block, (inner) => !isFunction(inner) && ts.isThrowStatement(inner), false))
      return true
  }
  return false
}

function isChained({ parent }: TS.Node): boolean {
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.name.text === 'catch' &&
    ts.isCallExpression(parent.parent) &&
    calleeName(parent.parent) === 'catch'
  )
}
