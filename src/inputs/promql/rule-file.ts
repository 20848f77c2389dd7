/** The text of a file of rules, prepared once for all of its groups. */
import type { InputFile } from '../format.js'
import { pintCommentsIn, type PintComments } from './pint-comments.js'

/** A file of rules, and what stands in it for pint. */
export interface RuleFile {
  text: string
  lines: string[]
  pint: PintComments
}

/** One file may hold thousands of objects with rules. */
const ruleFiles = new WeakMap<InputFile, RuleFile>()

export function ruleFile(file: InputFile): RuleFile {
  const { path, text } = file
  const made = ruleFiles.get(file) ?? {
    text,
    lines: text.split(/\r?\n/),
    pint: pintCommentsIn({ path, text }),
  }
  ruleFiles.set(file, made)
  return made
}
