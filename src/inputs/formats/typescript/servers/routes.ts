/** Routes that probes may ask: whether their handlers call a dependency. */
import { posix } from 'node:path'
import type { Client, Route } from '../../../../facts/code.js'
import { compareSources } from '../../../../facts/source.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Clients } from '../clients/clients.js'
import { ControllerPaths } from './controller-paths.js'
import { fileRoutes } from './file-routes.js'
import { Mounts } from './mounts.js'
import { distinct, joined, pathEndOf, type PathEnd } from '../values/path-ends.js'
import { findOption } from '../values/options.js'
import { functionOf, packageOf, somewhere } from '../survey/practice.js'
import type { ClientSeen } from '../survey/client-seen.js'
import type { Survey } from '../survey/survey.js'
import { bare, sourceOf, ts, type TS } from '../syntax/syntax.js'

const METHODS = /^(get|head|all|route)$/

export function routes(survey: Survey, clients: Clients): Route[] {
  const mounts = new Mounts(survey)
  const controllers = new ControllerPaths(survey)
  return [
    ...survey.callsNamed(METHODS).flatMap((call) => routeAt(survey, clients, call, mounts)),
    ...survey.files.flatMap(({ tree }) => [
      ...controllerRoutes(survey, clients, tree, controllers),
      ...fileRoutes(tree, survey)
        .filter(({ path }) => codeWords().healthPaths.test(path.text))
        .map(({ node, method, path, handler }) => routeFact(survey, clients, node, method, path, handler)),
    ]),
  ]
}

function routeAt(survey: Survey, clients: Clients, call: TS.CallExpression, mounts: Mounts): Route[] {
  if (!ts.isPropertyAccessExpression(call.expression)) return []
  const [first] = call.arguments
  if (!first || call.arguments.length < 2 || isRequest(call, survey)) return []
  const own = pathEndOf(first, survey.resolver)
  if (!own.isWhole || !own.text.startsWith('/')) return []
  const receiver = call.expression.expression
  if (survey.shapes.clientOf(receiver)) return []
  const handler = functionOf(survey, call.arguments.at(-1))
  const method = call.expression.name.text
  const paths = mounts.of(receiver).map((before) => normal(joined(before, own)))
  return distinct(paths).flatMap((path) =>
    codeWords().healthPaths.test(path.text) ? [routeFact(survey, clients, call, method, path, handler)] : [],
  )
}

/** `client.get('/health', { timeout: 500 })` asks: what is registered comes last, as a function or in an option. */
function isRequest(call: TS.CallExpression, survey: Survey): boolean {
  const last = survey.resolver.resolve(call.arguments.at(-1)!)
  if (last.kind !== 'value' || !ts.isObjectLiteralExpression(last.node)) return false
  return findOption([last.node], 'handler', survey.resolver).state === 'none'
}

/** With one slash before each part and none at the end. */
function normal({ text, isWhole }: PathEnd): PathEnd {
  return { text: posix.join('/', text).replace(/(.)\/$/, '$1'), isWhole }
}

function routeFact(
  survey: Survey,
  clients: Clients,
  node: TS.Node,
  method: string,
  path: PathEnd,
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
    path: path.text,
    isWholePath: path.isWhole,
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

/** `@Controller('health') class { @Get('live') … }`. */
function controllerRoutes(
  survey: Survey,
  clients: Clients,
  tree: TS.SourceFile,
  controllers: ControllerPaths,
): Route[] {
  return tree.statements.filter(ts.isClassDeclaration).flatMap((owner) =>
    owner.members.filter(ts.isMethodDeclaration).flatMap((member) =>
      controllers
        .of(owner, member)
        .map(normal)
        .filter(({ text }) => codeWords().healthPaths.test(text))
        .map((path) => routeFact(survey, clients, member, 'get', path, member)),
    ),
  )
}
