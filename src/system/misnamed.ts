/** Declared dependencies that declare nothing: of names that no component has, or of a component on itself. */
import type { Configuration } from '../knowledge/configuration.js'
import type { Misfit } from '../knowledge/misfit.js'
import { didYouMean } from '../knowledge/nearest.js'
import type { System } from './component.js'

const LOST = 'so this dependency is not counted'

export function misnamedDependencies(system: System, { dependencies }: Configuration): Misfit[] {
  return dependencies.flatMap(({ from, to }, index) => {
    const caller = system.named(from)
    return caller && caller === system.named(to)
      ? [misfit(index, 'to', `${caller.id} cannot depend on itself, ${LOST}`)]
      : [...misnamed(index, 'from', from, system), ...misnamed(index, 'to', to, system)]
  })
}

function misnamed(index: number, end: 'from' | 'to', name: string, system: System): Misfit[] {
  if (system.named(name)) return []
  const bearers = system.components.filter(({ aliases }) => aliases.includes(name)).map(({ id }) => id)
  if (bearers.length > 1)
    return [
      misfit(index, end, `"${name}" is a name of ${bearers.join(' and ')}, ${LOST}; write the id of one`),
    ]
  const names = system.components.flatMap(({ id, aliases }) => [id, ...aliases])
  const near = didYouMean(name, names) || '; declare it under components, or correct the name'
  return [misfit(index, end, `no component is called "${name}", ${LOST}${near}`)]
}

function misfit(index: number, end: 'from' | 'to', message: string): Misfit {
  const at = ['dependencies', index, end]
  return { at, message: `${at.join('.')}: ${message}` }
}
