/** Comments `resilience-report-ignore-next-line RULE -- reason`. */
import type { Suppression } from '../../../../facts/suppression.js'
import type { InputFile } from '../../../format.js'

const COMMENT =
  /(?:\/\/|\/\*|^\s*\*)\s*resilience-report-ignore-next-line\s+([\w-]+)(?:\s+--\s*(.*?))?\s*(?:\*\/.*)?$/

export function suppressionsIn(file: InputFile): Suppression[] {
  if (!file.text.includes('resilience-report-ignore-next-line')) return []
  return file.text.split('\n').flatMap((text, index) => {
    const match = COMMENT.exec(text)
    if (!match) return []
    const line = index + 1
    const source = { path: file.path, line, column: text.indexOf('resilience-report') + 1, endLine: line }
    return [
      {
        fact: 'suppression' as const,
        source,
        rule: match[1]!,
        reason: match[2] || null,
        appliesToLine: line + 1,
      },
    ]
  })
}
