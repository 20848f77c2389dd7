/** Who falls with a component, and how far. */
import { compareText } from '../facts/source.js'
import type { System } from './component.js'

export interface Impact {
  direct: string[]
  secondary: string[]
  tertiary: string[]
}

/** Those that call the trigger, those that call them, and those beyond, over dependencies that are not soft. */
export function impactOf(trigger: string, system: System): Impact {
  const seen = new Set([trigger])
  const next = (ids: string[]): string[] => {
    const callers = ids.flatMap((id) =>
      system
        .dependentsOf(id)
        .filter((dependency) => dependency.criticality !== 'soft')
        .map((dependency) => dependency.from),
    )
    const fresh = [...new Set(callers)].filter((id) => !seen.has(id)).sort(compareText)
    for (const id of fresh) seen.add(id)
    return fresh
  }
  const direct = next([trigger])
  const secondary = next(direct)
  return { direct, secondary, tertiary: next(secondary) }
}
