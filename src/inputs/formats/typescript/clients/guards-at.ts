/** What is known of the guards of one call, from the client that it goes through. */
import type { Guard } from '../../../../facts/code.js'
import type { Clients } from './clients.js'
import type { OutboundCall } from '../survey/survey.js'
import { sourceOf } from '../syntax/syntax.js'

/** Null for a call of a client that is made nobody knows where. */
export function guardsAt(clients: Clients, call: OutboundCall): Record<string, Guard> | null {
  const { path, line, column } = sourceOf(call.node)
  const sites = clients.behind(call).flatMap((client) => client.calls)
  const site = sites.find(
    ({ source }) => source.path === path && source.line === line && source.column === column,
  )
  return site?.guards ?? null
}
