/** `# resilience-report-ignore RULE -- reason` in the comments above a rule. */

const COMMENT = /^\s*#\s*resilience-report-ignore\s+([\w-]+)\s*(?:--\s*(.*))?$/

/** Rule id to reason; empty when none is given. `line` is 1-based, that of the rule's first key. */
export function ignoresAbove(line: number, lines: string[]): Record<string, string> {
  const ignores: Record<string, string> = {}
  for (let above = line - 2; above >= 0 && /^\s*(#|$)/.test(lines[above]!); above--) {
    const match = COMMENT.exec(lines[above]!)
    if (match) ignores[match[1]!] = (match[2] ?? '').trim()
  }
  return ignores
}
