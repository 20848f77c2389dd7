/** Routes that probes may ask: whether their handlers call a dependency. */
import { posix } from 'node:path'
import type { Route } from '../../../facts/code.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { functionOf, packageOf, somewhere } from './practice.js'
import type { Survey } from './survey.js'
import { bare, calleeName, sourceOf, ts, type TS } from './syntax.js'

const METHODS = /^(get|head|all|route)$/

export function routes(survey: Survey): Route[] {
  const mounts = mountsIn(survey)
  return survey.files.flatMap(({ calls, tree }) => [
    ...calls.flatMap((call) => routeAt(survey, call, mounts)),
    ...controllerRoutes(survey, tree),
  ])
}

function routeAt(survey: Survey, call: TS.CallExpression, mounts: Map<TS.Node, string[]>): Route[] {
  if (!ts.isPropertyAccessExpression(call.expression) || !METHODS.test(call.expression.name.text)) return []
  const [first] = call.arguments
  if (!first || !ts.isStringLiteralLike(first) || !first.text.startsWith('/') || call.arguments.length < 2)
    return []
  const router = survey.resolver.resolve(call.expression.expression)
  if (survey.shapes.clientOf(call.expression.expression)) return []
  const prefixes = (router.kind === 'value' ? mounts.get(router.node) : undefined) ?? ['']
  const handler = functionOf(survey, call.arguments.at(-1))
  return [...new Set(prefixes)].flatMap((prefix) => {
    const path = posix.join('/', prefix, first.text).replace(/(.)\/$/, '$1')
    return codeWords().healthPaths.test(path)
      ? [routeFact(survey, call, call.expression as TS.PropertyAccessExpression, path, handler)]
      : []
  })
}

function routeFact(
  survey: Survey,
  node: TS.Node,
  callee: TS.PropertyAccessExpression | null,
  path: string,
  handler: TS.FunctionLikeDeclaration | null,
): Route {
  const callsDependency = handler?.body ? asksDependency(survey, handler.body) : null
  return {
    fact: 'route',
    source: sourceOf(node),
    package: packageOf(survey, node),
    method: (callee?.name.text ?? 'get').toUpperCase(),
    path,
    callsDependency,
  }
}

/** Null when something that the handler waits for could not be followed. */
function asksDependency(survey: Survey, body: TS.Node): boolean | null {
  if (survey.reaches(body) !== null || somewhere(survey, body, (node) => isQuery(node, survey))) return true
  return somewhere(survey, body, (node) => isUnfollowed(node, survey)) ? null : false
}

/** A template query: `db.$queryRaw` followed by a template. */
function isQuery(node: TS.Node, survey: Survey): boolean {
  return ts.isTaggedTemplateExpression(node) && survey.shapes.clientOf(node.tag) !== null
}

function isUnfollowed(node: TS.Node, survey: Survey): boolean {
  if (!ts.isAwaitExpression(node)) return false
  const waited = bare(node)
  const callee = ts.isCallExpression(waited)
    ? waited.expression
    : ts.isTaggedTemplateExpression(waited)
      ? waited.tag
      : null
  if (!callee) return false
  const { kind } = survey.resolver.resolve(callee)
  return kind === 'unknown' || kind === 'parameter'
}

/** `app.use('/health', router)`: the prefixes of a router, which may be made in another file. */
function mountsIn(survey: Survey): Map<TS.Node, string[]> {
  const mounts = new Map<TS.Node, string[]>()
  for (const { calls } of survey.files) {
    for (const call of calls) {
      const [first] = call.arguments
      if (!/^(use|register|route)$/.test(calleeName(call)) || !first || !ts.isStringLiteralLike(first))
        continue
      for (const argument of call.arguments.slice(1)) {
        const found = survey.resolver.resolve(bare(argument))
        if (found.kind === 'value') mounts.set(found.node, [...(mounts.get(found.node) ?? []), first.text])
      }
    }
  }
  return mounts
}

/** `@Controller('health') class { @Get('live') … }`. */
function controllerRoutes(survey: Survey, tree: TS.SourceFile): Route[] {
  return tree.statements.filter(ts.isClassDeclaration).flatMap((owner) => {
    const prefix = decorated(owner, 'Controller')
    if (prefix === null) return []
    return owner.members.filter(ts.isMethodDeclaration).flatMap((member) => {
      const own = decorated(member, 'Get')
      const path = own === null ? '' : posix.join('/', prefix, own).replace(/(.)\/$/, '$1')
      return codeWords().healthPaths.test(path) ? [routeFact(survey, member, null, path, member)] : []
    })
  })
}

/** The text given to a decorator, '' when none is given, null without the decorator. */
function decorated(node: TS.ClassDeclaration | TS.MethodDeclaration, name: string): string | null {
  for (const { expression } of ts.getDecorators(node) ?? []) {
    if (!ts.isCallExpression(expression) || expression.expression.getText() !== name) continue
    const [argument] = expression.arguments
    return argument && ts.isStringLiteralLike(argument) ? argument.text : ''
  }
  return null
}
