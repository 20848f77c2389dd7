/** What a template says although nobody renders it: the kinds of its objects, and the values that are written out. */
import type { UnreadTemplate } from '../facts/unread-template.js'
import type { InputFile } from './format.js'

const KIND = /^[ \t]*kind:[ \t]*["']?(\w+)/gm
const PLAIN_VALUE = /^[ \t]*(?:-[ \t]+)?["']?[\w./-]+["']?:[ \t]+["']?([\w.-]+)["']?[ \t]*$/gm

export function wordsOfTemplate({ path, text }: InputFile): UnreadTemplate {
  return {
    fact: 'unread-template',
    source: { path, line: 1, column: 1, endLine: 1 },
    kinds: foundBy(KIND, text),
    words: foundBy(PLAIN_VALUE, text),
  }
}

function foundBy(pattern: RegExp, text: string): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, word]) => word!))].sort()
}
