/** Whom a component calls as far as its manifests say: code that is not read still gets the addresses of others. */
import type { EnvVariable } from '../facts/kubernetes.js'
import { formatSource, type Source } from '../facts/source.js'
import type { Component } from './component.js'
import type { ComponentDirectory } from './component-directory.js'
import { ownEnvironmentOf } from './manifests/environment.js'
import type { Manifests } from './manifests/manifests.js'
import { declared, hostOf, resolveHost } from './targets.js'

interface Called {
  to: Component
  reason: string
  source: Source
}

/**
 * By a variable that holds the address of a known Service, that is a declared alias, or that comes from the key of a Secret
 * which the code of others calls something by.
 */
export function calledByEnvironment(
  from: Component,
  directory: ComponentDirectory,
  manifests: Manifests,
): Called[] {
  return from.workloads.flatMap((workload) =>
    ownEnvironmentOf(workload, manifests).flatMap((variable) => {
      const called = calledBy(variable, from, directory, manifests)
      return called && called.component !== from
        ? [
            {
              to: called.component,
              reason: `${called.reason}; no code of the call was read`,
              source: variable.source,
            },
          ]
        : []
    }),
  )
}

function calledBy(
  { name, value, from: reference, source }: EnvVariable,
  from: Component,
  directory: ComponentDirectory,
  manifests: Manifests,
): { component: Component; reason: string } | null {
  const seen = `${name} (${formatSource(source)})`
  const alias = declared(name, directory)
  if (alias) return { ...alias, reason: `${alias.reason}, which ${seen} is` }
  const host = value === null ? null : hostOf(value)
  if (host !== null) {
    const resolved = resolveHost(host, from, directory, manifests, `${seen} holds ${host}`)
    return 'component' in resolved ? resolved : null
  }
  const behind = reference === null ? undefined : directory.withId(reference)
  return behind ? { component: behind, reason: `${seen} comes from ${reference}` } : null
}
