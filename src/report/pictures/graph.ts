/** Drawing of graphs as SVG by Graphviz, the same bytes for the same graph. */
import type * as VizModule from '@viz-js/viz'
import type { Graph, Viz } from '@viz-js/viz'
import { importPackage } from '../import-package.js'

let graphviz: Promise<Viz> | null = null

/**
 * Draws a graph. The SVG scales down with its column, has no ids (many pictures share a page) and names no font: the page's
 * style sheet does. Boxes are measured for Helvetica, which no face of ours is wider than.
 */
export async function drawGraph(graph: Graph): Promise<string> {
  graphviz ??= importPackage<typeof VizModule>('@viz-js/viz').then(({ instance }) => instance())
  const viz = await graphviz
  const styled: Graph = {
    ...graph,
    graphAttributes: {
      bgcolor: 'transparent',
      pad: 0.05,
      ranksep: 0.55,
      nodesep: 0.3,
      fontname: 'Helvetica',
      ...graph.graphAttributes,
    },
    nodeAttributes: {
      shape: 'box',
      fontname: 'Helvetica',
      fontsize: 9,
      height: 0.32,
      margin: '0.13,0.06',
      penwidth: 0.8,
      ...graph.nodeAttributes,
    },
    edgeAttributes: {
      fontname: 'Helvetica',
      fontsize: 8.5,
      arrowsize: 0.6,
      penwidth: 0.8,
      ...graph.edgeAttributes,
    },
  }
  return embed(viz.renderString(styled, { format: 'svg' }))
}

/** Text inside a label: backslashes and entities mean nothing special, spaces at the ends keep their width. */
export function label(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('\\', '\\\\')
    .replace(/^ +| +$/g, (spaces) => '\u00a0'.repeat(spaces.length))
}

function embed(svg: string): string {
  return svg
    .slice(svg.indexOf('<svg'))
    .trim()
    .replace(/ id="[^"]*"/g, '')
    .replace(/<title>[^<]*<\/title>\n?/g, '')
    .replaceAll(' font-family="Helvetica,sans-Serif"', '')
    .replace(/<!--[\s\S]*?-->\n?/g, '')
}
