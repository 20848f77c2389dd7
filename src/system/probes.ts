/** A manifest's probe joined with the route that answers it, and with the clients that its handler calls. */
import type { Client, Guard, Route } from '../facts/code.js'
import type { Component, Guards } from './component.js'
import { guard, worstGuards } from './guards.js'

const PROBES = ['liveness', 'readiness', 'startup'] as const

/** The kinds of probes of the component's containers that ask a route. The kubelet asks with GET. */
export function probesOf(route: Route, component: Component | undefined): (typeof PROBES)[number][] {
  if (route.method === 'HEAD') return []
  const containers = component?.workloads.flatMap((workload) => workload.containers) ?? []
  return PROBES.filter((kind) =>
    containers.some((container) => {
      const probed = pathOf(container[kind]?.path ?? null)
      return probed !== null && mayAnswer(route, probed, component?.routes ?? [])
    }),
  )
}

/** What is known by the end of its path alone may answer only where nothing else does. */
function mayAnswer(route: Route, probed: string, all: Route[]): boolean {
  if (route.isWholePath) return route.path === probed
  const answered = all.some(
    ({ path, isWholePath, method }) => isWholePath && method !== 'HEAD' && path === probed,
  )
  return !answered && probed.endsWith(route.path)
}

/** The handlers that are known to be registered for what a route answers, itself among them: the framework takes one of them. */
export function handlersOf(route: Route, component: Component | undefined): Route[] {
  const all = component?.routes ?? []
  return route.isWholePath && all.includes(route)
    ? all.filter(
        ({ path, isWholePath, method }) =>
          isWholePath && path === route.path && (method === 'HEAD') === (route.method === 'HEAD'),
      )
    : [route]
}

/** Whether the component's liveness hangs on nothing else; nothing is said without a route that its probe asks. */
export function livenessOfComponent(component: Component): Guards {
  return worstGuards(
    livenessRoutes(component).map((route) => ({ 'liveness-independent': independence(route, component) })),
  )
}

/** The same towards one of its clients: absent only where the handler was seen to call it. */
export function livenessOfClient(client: Client, component: Component): Guards {
  return worstGuards(
    livenessRoutes(component).flatMap((route) => {
      const calls = route.clients.includes(client)
      if (!calls && route.callsDependency !== false) return []
      return [{ 'liveness-independent': independence(route, component) }]
    }),
  )
}

function livenessRoutes(component: Component): Route[] {
  return component.routes.filter((route) => probesOf(route, component).includes('liveness'))
}

function independence(route: Route, component: Component): Guard {
  if (!route.isWholePath)
    return guard(
      'unknown',
      `where the router of ${route.method} ${route.path} is mounted was not seen`,
      route.source,
    )
  const handlers = handlersOf(route, component).length
  if (handlers > 1)
    return guard('unknown', `${handlers} handlers are registered for ${route.path}`, route.source)
  const asked = `${route.method} ${route.path} answers the livenessProbe`
  if (route.callsDependency === null)
    return guard('unknown', `${asked}; what it calls could not be followed`, route.source)
  return route.callsDependency
    ? guard('absent', `${asked} and calls a dependency`, route.source)
    : guard('present', `${asked} and calls no dependency`, route.source)
}

/** Without query and closing slash, as routes are written. */
function pathOf(probed: string | null): string | null {
  return probed === null ? null : probed.replace(/[?#].*$/, '').replace(/(.)\/$/, '$1')
}
