/** Matchers as Alertmanager writes them: `severity="critical"`, `{team=~"a|b", env!=dev}`. */
import type { Matcher } from '../../facts/alert.js'

const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`
/** Without quotes a value may hold spaces, and ends at a comma. */
const ONE = new RegExp(
  String.raw`\s*(${QUOTED}|[^\s{},=!~"]+)\s*(=~|!~|!=|=)\s*(${QUOTED}|(?![=~])[^,"]*)\s*(?:,|$)`,
  'y',
)

/** Null for what Alertmanager refuses. */
export function parseMatchers(written: string): Matcher[] | null {
  const text = written
    .trim()
    .replace(/^\{([^]*)\}$/, '$1')
    .trim()
  const matchers: Matcher[] = []
  ONE.lastIndex = 0
  while (ONE.lastIndex < text.length) {
    const found = ONE.exec(text)
    if (!found) return null
    const [, label, operator, value] = found
    matchers.push({ label: plain(label!), operator: operator as Matcher['operator'], value: plain(value!) })
  }
  return matchers
}

function plain(written: string): string {
  const text = written.trim()
  return text.startsWith('"')
    ? text.slice(1, -1).replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))
    : text
}
