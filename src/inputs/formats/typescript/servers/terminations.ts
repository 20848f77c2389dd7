/** What runs when the process is told to end: handlers of SIGTERM, and functions given to libraries that listen for it. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { reached } from '../values/conditions.js'
import { callSomewhere, functionOf, processListener } from '../survey/practice.js'
import type { Resolved } from '../modules/resolved.js'
import { calledByName, callsOf } from './server-starts.js'
import type { Survey, Surveyed } from '../survey/survey.js'
import {
  bare,
  calleeName,
  classAround,
  enclosingFunction,
  isFunction,
  some,
  ts,
  walk,
  type TS,
  functionName,
} from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

export interface Termination {
  call: TS.CallExpression
  handler: TS.Expression
}

const known = new WeakMap<Surveyed, Termination[]>()

/** Of the calls of a file; asked for each server again. */
export function terminationsIn(file: Surveyed, survey: Survey): Termination[] {
  let found = known.get(file)
  if (!found) known.set(file, (found = file.calls.flatMap((call) => terminationAt(call, survey))))
  return found
}

/** Also `for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, …)`. */
function terminationAt(call: TS.CallExpression, survey: Survey): Termination[] {
  const own = processListener(call, (event) =>
    ts.isStringLiteralLike(event) ? event.text === 'SIGTERM' : call.getSourceFile().text.includes('SIGTERM'),
  )
  const handler = own ?? givenToLibrary(call, survey)
  return handler ? [{ call, handler }] : []
}

/** `closeWithGrace({ delay: 500 }, async () => app.close())`: the function. */
function givenToLibrary(call: TS.CallExpression, survey: Survey): TS.Expression | null {
  if (call.arguments.length === 0 || !callsLibraryThat('runs', call, survey)) return null
  return call.arguments.find((argument) => functionOf(survey, argument)) ?? call.arguments.at(-1)!
}

export function callsLibraryThat(does: 'runs' | 'drains', call: TS.CallExpression, survey: Survey): boolean {
  const callee = survey.shapes.callees.of(call)
  if (callee === null) return false
  return survey.shapes
    .librariesOf(callee.module)
    .some(({ onTermination }) => onTermination?.[does].includes(callee.path))
}

/** What it is called with, where it is seen, keeps it from listening: `new ShutdownManager()` with `disabled = true`. */
export function isOff({ call }: Termination, survey: Survey): boolean {
  const owner = calledByName(call)
  if (!owner?.body) return false
  const { body } = owner
  const makers = callsOf(owner, survey)
  return (
    makers.length > 0 &&
    makers.every((made) => reached(call, body, survey.resolver.under([{ of: owner, call: made }])) === 'no')
  )
}

/** Functions that a handler runs and that others give it; null where it runs none such. */
export function registeredWith(handler: TS.Expression, survey: Survey): TS.Expression[] | null {
  const found = survey.resolver.resolve(handler)
  if (found.kind === 'parameter') return givenFor(found.node, survey)
  const body = functionOf(survey, handler)?.body
  if (!body) return null
  const parameters = new Set<TS.ParameterDeclaration>()
  let isRegistry = false
  callSomewhere(survey, body, (node) => {
    const { given, isItem } = runBy(node, body, survey)
    for (const parameter of given) parameters.add(parameter)
    isRegistry ||= isItem || given.length > 0
    return false
  })
  return isRegistry ? [...parameters].flatMap((parameter) => givenFor(parameter, survey)) : null
}

interface Run {
  /** Parameters for which callers give what is run. */
  given: TS.ParameterDeclaration[]
  /** It runs an item of a list, whoever filled it. */
  isItem: boolean
}

/** A parameter of a function around the handler, `hook()` of a list, or `hook.run()` of a list that is filled beside it. */
function runBy(call: TS.CallExpression, handler: TS.Node, survey: Survey): Run {
  const callee = bare(call.expression)
  const name = ts.isPropertyAccessExpression(callee) ? bare(callee.expression) : callee
  if (!ts.isIdentifier(name)) return { given: [], isItem: false }
  const found = survey.resolver.resolve(name)
  if (isItemOf(name, found)) {
    const isFunctionGiven = (parameter: TS.ParameterDeclaration): boolean =>
      givenFor(parameter, survey).some((given) => functionOf(survey, given) !== null)
    // `job.stop()` of a list of jobs runs nothing that was given to be run.
    if (callee === name) return { given: listFillers(call), isItem: true }
    return { given: listFillers(call).filter(isFunctionGiven), isItem: false }
  }
  const owner = found.kind === 'parameter' && callee === name ? found.node.parent : null
  const isHere = owner?.getSourceFile() === handler.getSourceFile()
  const isAround = owner !== null && isHere && owner.pos < handler.pos && handler.end <= owner.end
  return { given: isAround && found.kind === 'parameter' ? [found.node] : [], isItem: false }
}

/** Of `handlers.map(([name, { handler }]) => …)`, or of `for (const hook of hooks)`. */
function isItemOf(name: TS.Identifier, found: Resolved): boolean {
  if (found.kind !== 'parameter') return isOfLoop(name)
  const { parent } = found.node.parent
  return ts.isCallExpression(parent) && /^(map|flatMap|forEach|reduce)$/.test(calleeName(parent))
}

function isOfLoop(name: TS.Identifier): boolean {
  const isName = (node: TS.Node): boolean => ts.isIdentifier(node) && node.text === name.text
  for (let at: TS.Node = name; at.parent && !isFunction(at); at = at.parent)
    if (ts.isForOfStatement(at) && some(at.initializer, isName)) return true
  return false
}

/** Parameters that functions beside a call put into a collection. */
function listFillers(call: TS.CallExpression): TS.ParameterDeclaration[] {
  const found: TS.ParameterDeclaration[] = []
  walk(classAround(call) ?? call.getSourceFile(), (node) => {
    if (!ts.isCallExpression(node) || !codeWords().keepsItems.test(calleeName(node))) return
    const owner = enclosingFunction(node)
    const isKept = ({ name }: TS.ParameterDeclaration): boolean =>
      node.arguments.some((given) => some(given, (at) => ts.isIdentifier(at) && at.text === name.getText()))
    if (owner && functionName(owner) !== '') found.push(...owner.parameters.filter(isKept))
  })
  return found
}

/** What the callers of a function give for its parameter, of which only what may be a function counts. */
function givenFor(parameter: TS.ParameterDeclaration, survey: Survey): TS.Expression[] {
  const owner = parameter.parent
  if (!isFunction(owner) || (functionName(owner) === '' && !ts.isConstructorDeclaration(owner))) return []
  return callsOf(owner, survey).flatMap((call) => {
    const given = call.arguments?.[owner.parameters.indexOf(parameter)]
    return given && mayRun(given, survey) ? [given] : []
  })
}

/** Beside the function its name and order are given. */
function mayRun(given: TS.Expression, survey: Survey): boolean {
  const { kind } = valueOf(given, survey.resolver)
  return functionOf(survey, given) !== null || kind === 'computed' || kind === 'delegated'
}
