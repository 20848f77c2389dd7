/** The blocks of a document that hold alert rules, each as a rule file whose lines are those of the document. */
import { readDocument, type TextLine } from './document.js'

export interface WrittenRules {
  path: string
  extension: string
  text: string
  sha256: string
}

const RULE = /^\s*(?:-\s+)?alert\s*:/m
const EXPRESSION = /^\s*(?:-\s+)?expr\s*:/m
const LONGEST = 200_000
/** What stands above rules in a file of them. */
const HEAD = ['groups:', '- name: document', '  rules:']

/** Throws a RangeError for nesting beyond all reason. */
export function writtenRules(document: string): WrittenRules[] {
  const blocks = new Map<number, TextLine[]>()
  for (const line of readDocument(document).lines)
    if (line.isCode) blocks.set(line.block, [...(blocks.get(line.block) ?? []), line])
  return [...blocks.values()].flatMap((lines, index) => {
    const written = lines.map(({ text }) => text).join('\n')
    if (written.length > LONGEST || !RULE.test(written) || !EXPRESSION.test(written)) return []
    const text = asRuleFile(lines, /^\s*groups\s*:/m.test(written))
    return text === null ? [] : [{ path: `block-${index}.yaml`, extension: '.yaml', text, sha256: '' }]
  })
}

/** Lists of rules alone are often shown without the group that they are in. Null where no line above has room for it. */
function asRuleFile(lines: TextLine[], isWhole: boolean): string | null {
  const first = lines[0]!.line
  const file: string[] = Array.from({ length: lines.at(-1)!.line }, () => '')
  for (const { line, text } of lines) file[line - 1] = isWhole ? text : `    ${text}`
  if (!isWhole && first <= HEAD.length) return null
  if (!isWhole) file.splice(first - 1 - HEAD.length, HEAD.length, ...HEAD)
  return file.join('\n')
}
