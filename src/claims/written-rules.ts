/** The blocks of a document that show alert rules as they run, each as a rule file. */
import { codeBlocks, type CodeBlock } from './code-blocks.js'
import { around, readDocument, type Document } from './document.js'
import type { ClaimWords } from '../knowledge/claim-words.js'

export interface WrittenRules {
  path: string
  extension: string
  text: string
  sha256: string
  /** What is to be added to a line of the text for the line of the document. */
  offset: number
}

const RULE = /^\s*(?:-\s+)?alert\s*:/m
const EXPRESSION = /^\s*(?:-\s+)?expr\s*:/m
const LONGEST = 50_000
const MOST = 200
/** What stands above rules in a file of them. */
const HEAD = ['groups:', '- name: document', '  rules:']

/** Throws a RangeError for nesting beyond all reason. */
export function writtenRules(text: string, words: ClaimWords): WrittenRules[] {
  const document = readDocument(text)
  return codeBlocks(document)
    .filter((block) => holdsRules(block) && isMeant(block, document, words))
    .slice(0, MOST)
    .map((block, index) => ({
      path: `block-${index}.yaml`,
      extension: '.yaml',
      sha256: '',
      ...asRuleFile(block),
    }))
}

function holdsRules({ lines }: CodeBlock): boolean {
  const written = lines.map(({ text }) => text).join('\n')
  return written.length <= LONGEST && RULE.test(written) && EXPRESSION.test(written)
}

/** Not what is shown as it was before, as an example or as it should not be. */
function isMeant({ section, lines }: CodeBlock, { lines: all }: Document, words: ClaimWords): boolean {
  const above = all.findLast(({ line, isCode }) => !isCode && line < lines[0]!.line)
  const said = [...around(section).map(({ title }) => title), above?.section === section ? above.text : '']
  return !said.some((text) => words.has('notMeant', text))
}

/** Lists of rules alone are often shown without the group that they are in. */
function asRuleFile({ lines }: CodeBlock): Pick<WrittenRules, 'text' | 'offset'> {
  const first = lines[0]!.line
  const isWhole = lines.some(({ text }) => /^\s*groups\s*:/.test(text))
  const head = isWhole ? [] : HEAD
  const body: string[] = Array.from({ length: lines.at(-1)!.line - first + 1 }, () => '')
  for (const { line, text } of lines) body[line - first] = isWhole ? text : `    ${text}`
  return { text: [...head, ...body].join('\n'), offset: first - 1 - head.length }
}
