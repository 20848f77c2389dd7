/** By whom code has to be called to count as what runs in a service: not by tests, browsers and users nobody sees. */
import { codeRoles } from '../../../../knowledge/code-roles.js'
import type { ReadFile } from '../../../format.js'
import type { ImportGraph } from '../modules/import-graph.js'
import { Mentions } from './mentions.js'
import type { Reachability } from './reachability.js'
import type { Roles } from './roles.js'
import { hasServerDirective } from './sides.js'
import { Uncalled, type Absent } from './uncalled.js'

export function uncalledIn(
  code: ReadFile[],
  roles: Roles,
  graph: ImportGraph,
  reached: Reachability,
): Uncalled {
  const calling = code.filter(({ path }) => roles.of(path) !== 'tests')
  const onServer = calling.filter((file) => mayRunOnServer(file, roles))
  const absences: Absent[] = []
  if (graph.modules.packages.some(({ isForOthers }) => isForOthers))
    absences.push({ why: 'for-users', mentions: new Mentions(calling, graph, reached, 'without-users') })
  if (onServer.length < calling.length)
    absences.push({
      why: 'browser-only',
      mentions: new Mentions(onServer, graph, reached),
      isOf: ({ text }) => !hasServerDirective(text),
    })
  return new Uncalled(new Mentions(calling, graph, reached), absences)
}

/** Functions beside a component that its framework calls on the server, and components that wait for something. */
function mayRunOnServer(file: ReadFile, roles: Roles): boolean {
  const role = roles.of(file.path)
  if (role !== 'browser' && role !== 'components-only') return true
  if (roles.isLoadedByServer(file.path)) return true
  return roles.isComponent(file) && servesItself(file)
}

function servesItself({ text }: ReadFile): boolean {
  return codeRoles().serverFunctions.some((pattern) => pattern.test(text))
}
