/** A failure chain as a Mermaid flowchart, which GitHub draws. */
import { shorten } from '../../view/clean.js'
import type { ChainView } from '../../view/chains.js'

const NAME_LENGTH = 40

export function chainFlowchart(chain: ChainView): string {
  const names = [...new Set([chain.trigger.component, ...chain.links.flatMap(({ from, to }) => [from, to])])]
  const idOf = (name: string): string => `n${names.indexOf(name)}`
  const boxes = names.map((name) =>
    name === chain.trigger.component
      ? `  ${idOf(name)}[["${quote(name)}<br>${quote(chain.trigger.fault)}"]]`
      : `  ${idOf(name)}["${quote(name)}"]`,
  )
  const arrows = chain.links.map(({ from, to, number, gaps, assumption }) => {
    const label = [String(number), ...gaps.map(quote)].join('<br>')
    return `  ${idOf(from)} ${assumption === null ? '-->' : '-.->'}|"${label}"| ${idOf(to)}`
  })
  return ['```mermaid', 'flowchart LR', ...boxes, ...arrows, '```'].join('\n')
}

/** Every character that means something to Mermaid or Markdown, lists included, as Mermaid's entity code. */
function quote(text: string): string {
  return shorten(text, NAME_LENGTH).replace(
    /[^\p{L}\p{N} .,:_/()+-]|^[-+]|(?<=^\d+)[.)]/gu,
    (character) => `#${character.codePointAt(0)};`,
  )
}
