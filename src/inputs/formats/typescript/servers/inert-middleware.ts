/** Timeouts and rate limits that are given to Express as what it cannot run: the maker of a middleware uncalled, or an object of several. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { returnedBy } from '../syntax/assignments.js'
import { typeBindingOf, type Binding } from '../syntax/scope.js'
import { bare, isFunction, some, sourceOf, textOf, ts, type TS } from '../syntax/syntax.js'

/** Express calls what it is given with a request, an answer and `next`. */
const TAKES_REQUEST = 2
const MODULES = ['express', 'express-serve-static-core']
const SUB_APPLICATION = ['handle', 'set']

export function inertMiddleware(survey: Survey): Practice[] {
  return survey
    .callsNamed('use')
    .filter((call) => isOnExpress(call, survey))
    .flatMap((call) => call.arguments.flatMap((argument) => judge(survey, argument)))
}

function judge(survey: Survey, argument: TS.Expression): Practice[] {
  const node = bare(argument)
  const pattern = patternOf(node)
  const found = pattern === null ? null : survey.resolver.resolve(node)
  if (pattern === null || found?.kind !== 'value') return []
  const name = node.getText().slice(0, 60)
  const related = [{ source: sourceOf(found.node), message: 'what it is' }]
  const inert = (detail: string): Practice[] => [
    practice(survey, argument, pattern, 'inert', detail, null, related),
  ]
  if (ts.isObjectLiteralExpression(found.node) && isRefused(found.node))
    return inert(`\`${name}\` is an object, not a middleware: Express throws when it is registered`)
  if (isFunction(found.node) && makesMiddleware(found.node))
    return inert(
      `\`${name}\` creates a middleware and is passed without being called: the middleware never runs, and requests that reach it are not passed on`,
    )
  // Of a function of the project it is not known whether it limits anything; a library made to limit does.
  return pattern === 'rate-limit-wired' && isOfLimiter(found.node, survey)
    ? [practice(survey, argument, pattern, 'present', `\`${name}\` limits the requests that reach it`)]
    : []
}

/** Express takes an object for an application below where it has both of these; what is spread into it may bring them. */
function isRefused({ properties }: TS.ObjectLiteralExpression): boolean {
  const names = properties.map(({ name }) => name && textOf(name))
  const isOpen = properties.some((one) => ts.isSpreadAssignment(one) || ts.isComputedPropertyName(one.name))
  return names.length > 0 && !isOpen && !SUB_APPLICATION.every((name) => names.includes(name))
}

/** `rateLimit({ … })` of express-rate-limit. */
function isOfLimiter(made: TS.Node, survey: Survey): boolean {
  const callee = ts.isCallExpression(made) ? survey.resolver.resolve(made.expression) : null
  return callee?.kind === 'library' && codeWords().rateLimiters.includes(callee.module)
}

/** Told by the name. */
function patternOf(node: TS.Expression): string | null {
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return null
  const { limitsRate, limitsTime } = codeWords()
  const name = node.getText()
  return limitsRate.test(name) ? 'rate-limit-wired' : limitsTime.test(name) ? 'timeout-inert' : null
}

/** `(options = {}) => (req, res, next) => { … }`: asks for no request itself, and gives a function that does. */
function makesMiddleware(maker: TS.FunctionLikeDeclaration): boolean {
  if (!maker.body || maker.parameters.length >= TAKES_REQUEST) return false
  const given = ts.isBlock(maker.body) ? returnedBy(maker.body) : [maker.body as TS.Expression]
  return given.length > 0 && given.every((value) => isMiddleware(bare(value)))
}

function isMiddleware(value: TS.Expression): boolean {
  if (!isFunction(value)) return false
  const names = value.parameters.map(({ name }) => name.getText())
  return names.length > TAKES_REQUEST && names.some((name) => /^_?next$/.test(name))
}

/** `const app = express()`, `express.Router()`, or a parameter of such a type. */
function isOnExpress({ expression: callee }: TS.CallExpression, survey: Survey): boolean {
  if (!ts.isPropertyAccessExpression(callee)) return false
  const found = survey.resolver.resolve(callee.expression)
  if (found.kind === 'parameter') {
    const { type } = found.node
    const isTyped = (node: TS.Node): boolean => ts.isIdentifier(node) && isOfExpress(typeBindingOf(node))
    return type !== undefined && some(type, isTyped)
  }
  const made = found.kind === 'value' && ts.isCallExpression(found.node) ? found.node : null
  const library = made && survey.resolver.resolve(made.expression)
  return library?.kind === 'library' && library.module === 'express'
}

/** `Application`, `Router` or the whole of Express: other frameworks have types of these names, too. */
function isOfExpress(binding: Binding | null): boolean {
  return binding?.kind === 'import' && MODULES.includes(binding.module)
}
