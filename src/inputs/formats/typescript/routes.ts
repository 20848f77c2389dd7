/** Routes that probes may ask: whether their handlers call a dependency. */
import { posix } from 'node:path'
import type { Client, Route } from '../../../facts/code.js'
import { compareSources } from '../../../facts/source.js'
import { codeWords } from '../../../knowledge/code-words.js'
import type { Clients } from './clients.js'
import { functionOf, packageOf, somewhere } from './practice.js'
import type { ClientSeen } from './shapes.js'
import type { Survey } from './survey.js'
import { bare, calleeName, sourceOf, ts, type TS } from './syntax.js'

const METHODS = /^(get|head|all|route)$/

export function routes(survey: Survey, clients: Clients): Route[] {
  const mounts = mountsIn(survey)
  return survey.files.flatMap(({ calls, tree }) => [
    ...calls.flatMap((call) => routeAt(survey, clients, call, mounts)),
    ...controllerRoutes(survey, clients, tree),
  ])
}

function routeAt(
  survey: Survey,
  clients: Clients,
  call: TS.CallExpression,
  mounts: Map<TS.Node, string[]>,
): Route[] {
  if (!ts.isPropertyAccessExpression(call.expression) || !METHODS.test(call.expression.name.text)) return []
  const [first] = call.arguments
  if (!first || !ts.isStringLiteralLike(first) || !first.text.startsWith('/') || call.arguments.length < 2)
    return []
  const router = survey.resolver.resolve(call.expression.expression)
  if (survey.shapes.clientOf(call.expression.expression)) return []
  const prefixes = (router.kind === 'value' ? mounts.get(router.node) : undefined) ?? ['']
  const handler = functionOf(survey, call.arguments.at(-1))
  const method = call.expression.name.text
  return [...new Set(prefixes)].flatMap((prefix) => {
    const path = posix.join('/', prefix, first.text).replace(/(.)\/$/, '$1')
    return codeWords().healthPaths.test(path) ? [routeFact(survey, clients, call, method, path, handler)] : []
  })
}

function routeFact(
  survey: Survey,
  clients: Clients,
  node: TS.Node,
  method: string,
  path: string,
  handler: TS.FunctionLikeDeclaration | null,
): Route {
  const { callsDependency, asked } = handler?.body
    ? askedBy(handler.body, survey, clients)
    : { callsDependency: null, asked: [] }
  return {
    fact: 'route',
    source: sourceOf(node),
    package: packageOf(survey, node),
    method: method.toUpperCase(),
    path,
    callsDependency,
    clients: asked,
  }
}

/** What a handler asks. Whether it asks anything is null when something that it waits for could not be followed. */
function askedBy(
  body: TS.Node,
  survey: Survey,
  clients: Clients,
): { callsDependency: boolean | null; asked: Client[] } {
  const calls = survey.callsFrom(body)
  const queried = queriesFrom(body, survey)
  const asked = [
    ...calls.flatMap((call) => clients.behind(call)),
    ...queried.flatMap(({ made }) => (made ? clients.madeFrom(made) : [])),
  ].sort((a, b) => compareSources(a.source, b.source))
  if (calls.length + queried.length > 0) return { callsDependency: true, asked: [...new Set(asked)] }
  const isOpen = somewhere(survey, body, (node) => isUnfollowed(node, survey))
  return { callsDependency: isOpen ? null : false, asked: [] }
}

/** The clients that template queries ask: `db.$queryRaw` followed by a template. */
function queriesFrom(body: TS.Node, survey: Survey): ClientSeen[] {
  const queried: ClientSeen[] = []
  somewhere(survey, body, (node) => {
    const client = ts.isTaggedTemplateExpression(node) ? survey.shapes.clientOf(node.tag) : null
    if (client) queried.push(client)
    return false
  })
  return queried
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
function controllerRoutes(survey: Survey, clients: Clients, tree: TS.SourceFile): Route[] {
  return tree.statements.filter(ts.isClassDeclaration).flatMap((owner) => {
    const prefix = decorated(owner, 'Controller')
    if (prefix === null) return []
    return owner.members.filter(ts.isMethodDeclaration).flatMap((member) => {
      const own = decorated(member, 'Get')
      const path = own === null ? '' : posix.join('/', prefix, own).replace(/(.)\/$/, '$1')
      return codeWords().healthPaths.test(path)
        ? [routeFact(survey, clients, member, 'get', path, member)]
        : []
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
