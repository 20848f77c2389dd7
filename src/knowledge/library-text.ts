/** What the text of a file must hold for the file to use a library. */
import type { Library } from './libraries.js'

export const QUOTE = '[\'"`]'

/**
 * Patterns of text, one of which a file must hold to use the library: its own tokens or its globals as whole words, or behind
 * a quote one of its modules.
 */
export function necessaryText({ tokens, imports, globals, standsFor }: Library): {
  quoted: string[]
  words: string[]
} {
  if (tokens.length > 0) return { quoted: [], words: tokens.map(escaped) }
  const modules = imports.map((name) =>
    name.endsWith('*') ? escaped(name.slice(0, -1)) : `${escaped(name)}${QUOTE}`,
  )
  const names = standsFor === undefined ? globals : [...globals, standsFor]
  return { quoted: modules, words: names.map(escaped) }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
