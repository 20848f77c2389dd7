/** Names in declared dependencies that no component has: without a word they would declare nothing. */
import type { Configuration } from '../knowledge/configuration.js'
import type { Misfit } from '../knowledge/misfit.js'
import { didYouMean } from '../knowledge/nearest.js'
import type { System } from './component.js'

export function misnamedDependencies(system: System, { dependencies }: Configuration): Misfit[] {
  return dependencies.flatMap((dependency, index) =>
    (['from', 'to'] as const).flatMap((end) => {
      const name = dependency[end]
      if (system.named(name)) return []
      const at = ['dependencies', index, end]
      return [{ at, message: `${at.join('.')}: ${why(name, system)}` }]
    }),
  )
}

function why(name: string, { components }: System): string {
  const bearers = components.filter(({ aliases }) => aliases.includes(name)).map(({ id }) => id)
  const lost = 'so this dependency is not counted'
  if (bearers.length > 1)
    return `"${name}" is a name of ${bearers.join(' and ')}, ${lost}; write the id of one`
  const names = components.flatMap(({ id, aliases }) => [id, ...aliases])
  const near = didYouMean(name, names) || '; declare it under components, or correct the name'
  return `no component is called "${name}", ${lost}${near}`
}
