/** Requests that only ask, whatever their method: `POST /search`. Asked twice, they are answered twice. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { callersOf } from '../survey/named-callers.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { isFunction, type TS } from '../syntax/syntax.js'
import { pathEndOf } from '../values/path-ends.js'
import { urlsOf } from '../values/targets.js'

/** Functions through which an address is handed on. */
const MAX_CALLERS = 3

export function asksOnly({ node, shape }: OutboundCall, survey: Survey): boolean {
  const urls = urlsOf(shape.target, node.arguments, survey.resolver)
  const paths = urls.flatMap((url) => pathsOf(url, survey, 0))
  return paths.length > 0 && paths.every((path) => codeWords().askingPaths.test(path))
}

/** The ends of all paths that an address may have; '' for one that is not known. */
function pathsOf(url: TS.Expression, survey: Survey, depth: number): string[] {
  const found = survey.resolver.resolve(url)
  const owner = found.kind === 'parameter' && found.path.length === 0 ? found.node.parent : null
  if (found.kind !== 'parameter' || !owner || !isFunction(owner))
    return [pathEndOf(url, survey.resolver).text]
  const index = owner.parameters.indexOf(found.node)
  const callers = depth < MAX_CALLERS ? callersOf(owner, survey) : []
  const given = callers.map((call) => call.arguments[index])
  return given.length === 0
    ? ['']
    : given.flatMap((argument) => (argument ? pathsOf(argument, survey, depth + 1) : ['']))
}
