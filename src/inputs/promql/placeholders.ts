/** Places in a text that some tool fills in before Prometheus reads it: ERB, Jinja, Go templates, envsubst, or people. */

const FILLED_IN = [/<%[^]*?%>/, /\{%[^]*?%\}/, /\{#[^]*?#\}/, /\$\{\w[^}]*\}/, /%\(\w+\)[sdf]/]
/** Those that templates of Prometheus itself have, or write, too. */
const OF_EXPRESSIONS = [/\{\{[^]*?\}\}/, /\$[A-Za-z_]\w*/, /\[\[[^\]]*\]\]/, /<[A-Za-z][\w .-]*>/]
/** Braces that Jinja or Helm writes for Prometheus: `{{ '{{' }}`. */
const BRACES = /\{\{-?\s*['"`]\{\{['"`]\s*-?\}\}/

/** The first of them as written, on one line; null where there is none. */
export function placeholderIn(text: string, where: 'anywhere' | 'beside actions'): string | null {
  const patterns = [...FILLED_IN, ...(where === 'anywhere' ? OF_EXPRESSIONS : [BRACES])]
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) return shown(found.replace(/\s+/g, ' '))
  }
  return null
}

const MAX_SHOWN = 40

function shown(found: string): string {
  return found.length > MAX_SHOWN ? `${found.slice(0, MAX_SHOWN)}…` : found
}
