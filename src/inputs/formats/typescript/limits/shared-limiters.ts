/** Limiters and queues that calls to many destinations share: does a slow destination hold up the others? */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { consumersIn, type Consumer } from '../messages/consumers.js'
import { findOption } from '../values/options.js'
import { functionOf, practice } from '../survey/practice.js'
import type { WrapperSeen } from '../survey/shapes.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { bare, calleeName, enclosingFunction, sourceOf, symbolOf, ts, type TS } from '../syntax/syntax.js'
import { isKnown, targetOf } from '../values/targets.js'
import { valueOf } from '../values/values.js'

const PATTERN = 'destination-limit'
const CAPS = ['bulkhead', 'rate-limit']

export function sharedLimiters(survey: Survey): Practice[] {
  const limiters = survey.wrappers.filter(({ wrapper }) => CAPS.some((cap) => cap in wrapper.gives))
  return [
    ...limiters.flatMap((seen) => judgeLimiter(survey, seen)),
    ...consumersIn(survey).flatMap((consumer) => judgeQueue(survey, consumer)),
  ]
}

/** A limiter that lives as long as the process; one made for a batch ends with it. */
function judgeLimiter(survey: Survey, { made, wrapper, library }: WrapperSeen): Practice[] {
  const around = enclosingFunction(made)
  if (around && !ts.isConstructorDeclaration(around)) return []
  const calls = limitedCalls(survey, made, wrapper.execute)
  const outside = calls.flatMap((call) => call.arguments.flatMap((argument) => outboundIn(survey, argument)))
  const open = outside.find((call) => isOfManyDestinations(survey, call))
  const known = new Set(outside.flatMap((call) => destinationOf(survey, call) ?? []))
  const what = `One ${library.title} limit in \`${symbolOf(made)}\``
  if (open) return [ask(survey, made, open, `${what} wraps calls to \`${addressOf(survey, open)}\``)]
  if (known.size < 2) return []
  const related = outside.map(({ node }) => ({ source: sourceOf(node), message: 'is called under it' }))
  const names = [...known].sort().map((name) => `\`${name}\``)
  if (letsOneThrough(survey, made)) {
    const detail = `${what} lets one call through at a time: a slow one of ${names.join(', ')} delays the others`
    return [practice(survey, made, PATTERN, 'absent', detail, null, related)]
  }
  const reason = `${names.join(', ')} share one limit`
  return [practice(survey, made, PATTERN, 'unknown', what, reason, related)]
}

/** One queue whose messages say where to: the workers that wait for a slow destination are those of all. */
function judgeQueue(survey: Survey, { at, handler, library }: Consumer): Practice[] {
  const open = survey.callsFrom(handler.body).find((call) => isOfManyDestinations(survey, call))
  if (!open || codeWords().perDestination.test(at.getText())) return []
  return [
    ask(survey, at, open, `One queue of ${library.title} feeds calls to \`${addressOf(survey, open)}\``),
  ]
}

function ask(survey: Survey, at: TS.Node, call: OutboundCall, detail: string): Practice {
  const related = [{ source: sourceOf(call.node), message: 'the call, to an address that is not fixed' }]
  if (codeWords().perDestination.test(at.getSourceFile().text))
    return practice(
      survey,
      at,
      PATTERN,
      'present',
      `${detail}, with a share for each destination`,
      null,
      related,
    )
  const reason = `${detail}, and no share for each destination was seen`
  return practice(survey, at, PATTERN, 'unknown', detail, reason, related)
}

/** `pLimit(1)`, `new PQueue({ concurrency: 1 })`. */
function letsOneThrough({ resolver }: Survey, made: TS.CallExpression | TS.NewExpression): boolean {
  const [first] = made.arguments ?? []
  if (!first) return false
  const limits = ['concurrency', 'maxConcurrent'].flatMap((name) => {
    const found = findOption([first], name, resolver)
    return found.state === 'found' && ts.isExpression(found.value) ? [found.value] : []
  })
  return [first, ...limits].some((limit) => {
    const value = valueOf(limit, resolver)
    return value.kind === 'number' && value.value === 1
  })
}

/** `limit(() => …)`, `queue.add(() => …)` of this very limiter. */
function limitedCalls(survey: Survey, made: TS.Node, execute: string[]): TS.CallExpression[] {
  const names = execute.flatMap((name) => (name === '' ? nameOf(made) : [name]))
  return [...new Set(names)].flatMap((name) =>
    survey.callsNamed(name).filter((call) => {
      const callee = bare(call.expression)
      const own = ts.isPropertyAccessExpression(callee) && !execute.includes('') ? callee.expression : callee
      const found = survey.resolver.resolve(own)
      return found.kind === 'value' && found.node === made
    }),
  )
}

function nameOf({ parent }: TS.Node): string[] {
  if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) return [parent.name.getText()]
  const isAssigned = ts.isBinaryExpression(parent) && ts.isPropertyAccessExpression(parent.left)
  return isAssigned ? [parent.left.name.text] : []
}

function outboundIn(survey: Survey, argument: TS.Expression): OutboundCall[] {
  const body = functionOf(survey, argument)?.body
  return body ? survey.callsFrom(body) : []
}

/** The address comes in with what is to be done, and its name says that there are many. */
function isOfManyDestinations(survey: Survey, call: OutboundCall): boolean {
  if (call.client.library.protocol !== 'http' || call.client.made !== null) return false
  const [address] = call.shape.target.map(({ argument }) => call.node.arguments[argument ?? -1])
  if (!address || isKnown(target(survey, call))) return false
  const found = survey.resolver.resolve(address)
  const isGiven = found.kind === 'parameter' || found.kind === 'unknown'
  return isGiven && codeWords().destinations.test(address.getText())
}

function addressOf(survey: Survey, call: OutboundCall): string {
  return target(survey, call).text ?? calleeName(call.node)
}

function destinationOf(survey: Survey, call: OutboundCall): string | null {
  const { host, variable, name } = target(survey, call)
  return host ?? variable ?? name
}

function target(survey: Survey, { shape, node, client }: OutboundCall): ReturnType<typeof targetOf> {
  return targetOf(shape.target, node.arguments, client.library, survey.resolver)
}
