/** The picture of the whole system: who depends on whom, how hard, and where a single loss splits it. */
import { shorten } from '../view/clean.js'
import type { SystemView } from '../view/system.js'
import { drawGraph, label } from './graph.js'

/** Above this a picture on one page is no help. */
const READABLE = 60
const NAME_LENGTH = 26
const SHAPES: Record<string, string> = {
  database: 'cylinder',
  cache: 'cylinder',
  'object-store': 'cylinder',
  queue: 'cds',
  external: 'component',
}
const LINES: Record<string, string> = { hard: 'solid', soft: 'dashed', unknown: 'dotted' }

/** Null when there is nothing to draw or too much of it. */
export async function drawSystem({ components, dependencies }: SystemView): Promise<string | null> {
  const ids = components.map((component) => component.id)
  if (ids.length === 0 || ids.length > READABLE) return null
  const known = dependencies.filter(({ fromId, toId }) => ids.includes(fromId) && ids.includes(toId))
  return drawGraph({
    directed: true,
    graphAttributes: { rankdir: 'LR' },
    nodes: components.map((component, index) => ({
      name: `n${index}`,
      attributes: {
        label: label(shorten(component.name, NAME_LENGTH)),
        shape: SHAPES[component.kind] ?? 'box',
        ...(component.single ? { penwidth: 2.6 } : {}),
      },
    })),
    edges: known.map((dependency) => ({
      tail: `n${ids.indexOf(dependency.fromId)}`,
      head: `n${ids.indexOf(dependency.toId)}`,
      attributes: {
        label: label(` ${shorten(dependency.protocol, 12)} `),
        style: LINES[dependency.criticality] ?? 'dotted',
      },
    })),
  })
}
