/** Scripts of a pipeline as commands, each with the folder that it runs in. */
import { join } from 'node:path/posix'

export interface Command {
  text: string
  words: string[]
  folder: string
}

/** Up to the end of its line; a text in quotes may hold more lines. */
const COMMAND = /(?:'[^']*'|"(?:[^"\\]|\\[^])*"|\\[^]|[^\n;&|'"\\])+/g
const WORD = /(?:'[^']*'|"(?:[^"\\]|\\[^])*"|[^\s'"])+/g

export function commandsOf(script: string, folder: string): Command[] {
  let current = folder
  return [...script.replaceAll(/\\\r?\n/g, ' ').matchAll(COMMAND)].flatMap(([text]) => {
    const words = [...text.matchAll(WORD)].map(([word]) => word.replaceAll(/^["']|["']$/g, ''))
    if (words[0] === 'cd') current = join(current, words[1] ?? '')
    return words.length === 0 ? [] : [{ text: text.trim(), words, folder: current }]
  })
}
