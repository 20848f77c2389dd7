/** Whether there is evidence to review, and what of it was lost. A run over nothing would be a report about nothing: better to say what was looked for. */
import { UserError } from '../knowledge/load.js'
import { loadFormats } from './load-formats.js'
import type { Inputs } from './read.js'

/** Throws a UserError when the paths hold neither evidence nor anything that might have been some. */
export async function requireEvidence({ facts, inputs }: Inputs, paths: string[]): Promise<void> {
  if (!facts.isEmpty || inputs.some(({ status }) => status === 'failed' || status === 'partial')) return
  const titles = (await loadFormats()).map(({ title }) => title).sort()
  throw new UserError(
    `${paths.join(', ')}: no evidence in ${inputs.length} files. Looked, by content, for: ${titles.join('; ')}. Name the folder that holds them`,
  )
}

/** Evidence that was not read, or of which something was lost. A syntax error in one code file loses little and is listed only. */
export function unreadInputs({ inputs, problems }: Inputs): string[] {
  const troubled = new Set(problems.map(({ path }) => path))
  const isLost = ({ path, format, status }: Inputs['inputs'][number]): boolean =>
    status === 'failed' || (status === 'partial' && format !== 'typescript' && troubled.has(path))
  return inputs.filter(isLost).map(({ path }) => path)
}
