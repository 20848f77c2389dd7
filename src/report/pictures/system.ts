/** The picture of the whole system: who depends on whom, how hard, and where a single loss splits it. */
import { shorten } from '../view/clean.js'
import type { SystemView } from '../view/system.js'
import { drawGraph, label } from './graph.js'

/** Above this no layout helps. */
const MOST_COMPONENTS = 60
/** With more arrows than this their labels hide the arrows. */
const LABELLED_ARROWS = 25
/** The space on a page, in points, and how far a picture may be shrunk into it before nobody can read it. */
const PAGE = { width: 490, height: 400 }
const LEAST_SCALE = 0.55
const NAME_LENGTH = 26
const SHAPES: Record<string, string> = {
  database: 'cylinder',
  cache: 'cylinder',
  'object-store': 'cylinder',
  queue: 'cds',
  external: 'component',
}
const LINES: Record<string, string> = { hard: 'solid', soft: 'dashed', unknown: 'dotted' }

/** Laid out left to right or downwards, whichever is larger on a page; null when neither can be read. */
export async function drawSystem(system: SystemView): Promise<string | null> {
  if (system.components.length === 0 || system.components.length > MOST_COMPONENTS) return null
  const pictures = [await drawTowards('LR', system), await drawTowards('TB', system)]
  const [best] = pictures.map((svg) => ({ svg, scale: scaleOnPage(svg) })).sort((a, b) => b.scale - a.scale)
  return best !== undefined && best.scale >= LEAST_SCALE ? best.svg : null
}

function drawTowards(rankdir: 'LR' | 'TB', { components, dependencies }: SystemView): Promise<string> {
  const ids = components.map((component) => component.id)
  const known = dependencies.filter(({ fromId, toId }) => ids.includes(fromId) && ids.includes(toId))
  const labelled = known.length <= LABELLED_ARROWS
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
