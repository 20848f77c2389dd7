/** YAML and JSON text as values with their places in the file. */
import type { YamlDocument } from './document.js'
import { parseExactly } from './exact.js'
import { parsePlainly } from './plain.js'

let last: { text: string; path: string; documents: YamlDocument[] } | null = null

/** Every document of a file; empty ones are left out. Never throws. */
export function parseYaml({ path, text }: { path: string; text: string }): YamlDocument[] {
  // What tells the kind of a file apart and what reads it ask one after the other.
  if (last?.text !== text || last.path !== path)
    last = { text, path, documents: parsePlainly({ path, text }) ?? parseExactly({ path, text }) }
  return last.documents
}
