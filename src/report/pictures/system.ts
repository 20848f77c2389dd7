/** The picture of the whole system: who depends on whom, how hard, and where a single loss splits it. */
import { shorten } from '../view/clean.js'
import type { SystemView } from '../view/system.js'
import { drawGraph, label } from './graph.js'

/** Above this no layout helps. */
const MOST_COMPONENTS = 60
/** With more arrows than this their labels hide the arrows. */
const LABELLED_ARROWS = 25
/** The space on a page, in points, and how far a picture may be shrunk into it before nobody can read it. */
const PAGE = { width: 490, height: 560 }
/** Letters of 9 points stay above 7. */
const LEAST_SCALE = 0.78
const NAME_LENGTH = 26
const SHAPES: Record<string, string> = {
  database: 'cylinder',
  cache: 'cylinder',
  'object-store': 'cylinder',
  queue: 'cds',
  external: 'component',
}
const LINES: Record<string, string> = { hard: 'solid', soft: 'dashed', unknown: 'dotted' }

/** Left to right or downwards, whichever is larger on a page, and without the protocols where only that can be read; else null. */
export async function drawSystem(system: SystemView): Promise<string | null> {
  if (system.components.length === 0 || system.components.length > MOST_COMPONENTS) return null
  for (const labelled of system.dependencies.length <= LABELLED_ARROWS ? [true, false] : [false]) {
    const pictures = [
      await drawTowards('LR', system, labelled),
      await drawTowards('TB', system, labelled),
    ].map((svg) => ({ svg, scale: scaleOnPage(svg) }))
    const [best] = pictures.sort((a, b) => b.scale - a.scale)
    if (best !== undefined && best.scale >= LEAST_SCALE) return best.svg
  }
  return null
}

function drawTowards(
  rankdir: 'LR' | 'TB',
  { components, dependencies }: SystemView,
  labelled: boolean,
): Promise<string> {
  const ids = components.map((component) => component.id)
  const known = dependencies.filter(({ fromId, toId }) => ids.includes(fromId) && ids.includes(toId))
  return drawGraph({
    directed: true,
    graphAttributes: { rankdir, ranksep: rankdir === 'TB' ? 0.4 : 0.55 },
    nodes: components.map((component, index) => ({
      name: `n${index}`,
      attributes: {
        label: label(shorten(component.name, NAME_LENGTH)),
        shape: SHAPES[component.kind] ?? 'box',
        penwidth: component.single ? 2.6 : 0.8,
      },
    })),
    edges: known.map((dependency) => ({
      tail: `n${ids.indexOf(dependency.fromId)}`,
      head: `n${ids.indexOf(dependency.toId)}`,
      attributes: {
        label: labelled ? label(` ${shorten(dependency.protocol, 12)} `) : '',
        style: LINES[dependency.criticality] ?? 'dotted',
      },
    })),
  })
}

function scaleOnPage(svg: string): number {
  const [, width, height] = /width="([\d.]+)pt" height="([\d.]+)pt"/.exec(svg) ?? []
  return Math.min(1, PAGE.width / Number(width), PAGE.height / Number(height)) || 0
}
