/** The blocks of code in a document. */
import type { Document, Section, TextLine } from './document.js'

export interface CodeBlock {
  /** As the fence names it, in lower case; empty where it names none. */
  language: string
  section: Section
  /** Empty lines are left out. */
  lines: TextLine[]
}

export function codeBlocks({ lines }: Document): CodeBlock[] {
  const blocks = new Map<number, CodeBlock>()
  for (const line of lines) {
    if (!line.isCode) continue
    const block = blocks.get(line.block)
    if (block) block.lines.push(line)
    else blocks.set(line.block, { language: line.language ?? '', section: line.section, lines: [line] })
  }
  return [...blocks.values()]
}
