/** A run over nothing would be a report about nothing: better to say what was looked for. */
import { UserError } from '../knowledge/load.js'
import { loadFormats } from './load-formats.js'
import type { Inputs } from './read.js'

/** Throws a UserError when the paths hold neither evidence nor anything that might have been some. */
export async function requireEvidence({ facts, inputs }: Inputs, paths: string[]): Promise<void> {
  if (!facts.isEmpty || inputs.some(({ status }) => status === 'failed' || status === 'partial')) return
  const titles = (await loadFormats()).map(({ title }) => title).sort()
  throw new UserError(`${paths.join(', ')}: no evidence in ${inputs.length} files. Looked, by content, for: ${titles.join('; ')}. Name the folder that holds them`)
}
