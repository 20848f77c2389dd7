/** Faults on the way between two services: they are felt at the one that the other calls. */
import type { Between } from '../facts/experiment.js'
import type { System } from './component.js'

/** With the one that is called as its target; without one where neither is known to call the other, or both do. */
export function atTheCalled<Item extends { target: string | null; between?: Between }>(
  item: Item,
  system: System,
): Item {
  if (item.target !== null || item.between === undefined) return item
  const [one, other] = item.between.map((name) => system.named(name)?.id) as [string?, string?]
  if (one === undefined || other === undefined) return item
  const calls = (from: string, to: string): boolean =>
    system.dependenciesOf(from).some((dependency) => dependency.to === to)
  const [forth, back] = [calls(one, other), calls(other, one)]
  return forth === back ? item : { ...item, target: item.between[forth ? 1 : 0] }
}
