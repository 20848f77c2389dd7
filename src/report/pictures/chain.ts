/** The picture of one failure chain: components in the order of the failure, missing guards on the links. */
import type { ChainView } from '../view/chains.js'
import { shorten } from '../view/clean.js'
import { drawGraph, label } from './graph.js'

type Attributes = Record<string, string | number>

/** More links than this do not fit a page side by side in a readable size: they go down the page. */
const LINKS_IN_A_ROW = 3
const NAME_LENGTH = 26
/** Lines under the number of a link; the last one may say how many more there are. */
const GAPS = 3

export function drawChain(chain: ChainView): Promise<string> {
  const downward = chain.links.length > LINKS_IN_A_ROW
  const names = [...new Set([chain.trigger.component, ...chain.links.flatMap(({ from, to }) => [from, to])])]
  const idOf = (name: string): string => `n${names.indexOf(name)}`
  return drawGraph({
    directed: true,
    graphAttributes: downward ? { rankdir: 'TB', ranksep: 0.3 } : { rankdir: 'LR', ranksep: 0.35 },
    nodes: names.map((name) => ({
      name: idOf(name),
      attributes:
        name === chain.trigger.component
          ? triggerNode(name, chain.trigger.fault)
          : plainNode(shorten(name, NAME_LENGTH)),
    })),
    edges: chain.links.map((link) => ({
      tail: idOf(link.from),
      head: idOf(link.to),
      attributes: {
        label: linkLabel(link, downward ? ', ' : '\n'),
        style: link.assumption === null ? 'solid' : 'dashed',
      },
    })),
  })
}

function triggerNode(name: string, fault: string): Attributes {
  return {
    ...plainNode(`${shorten(name, NAME_LENGTH)}\n${fault}`),
    style: 'filled',
    fillcolor: '#e8e8e8',
    penwidth: 2,
  }
}

function plainNode(text: string): Attributes {
  return { label: label(text) }
}

function linkLabel({ number, gaps }: ChainView['links'][number], separator: string): string {
  const shown = gaps.length > GAPS ? GAPS - 1 : GAPS
  const rest = gaps.length > shown ? [`and ${gaps.length - shown} more`] : []
  const missing = [...gaps.slice(0, shown), ...rest].join(separator)
  return label(
    separator === '\n' ? `${`${number}\n${missing}`.trimEnd()}\n\u00a0` : `  ${number}  ${missing}  `,
  )
}
