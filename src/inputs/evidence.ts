/** Whether there is evidence to review, and what of it was lost. A run over nothing would be a report about nothing: better to say what was looked for. */
import { UserError } from '../knowledge/load.js'
import { loadFormats } from './load-formats.js'
import type { Inputs } from './read.js'

type Entry = Inputs['inputs'][number]

const SHOWN = 10

/** Throws a UserError when the paths hold neither evidence nor anything that might have been some. */
export async function requireEvidence({ facts, inputs, leftOut }: Inputs, paths: string[]): Promise<void> {
  const isEvidence = facts.all().some(({ fact }) => fact !== 'unread-template')
  if (isEvidence || inputs.some(({ status }) => status === 'failed' || status === 'partial')) return
  const titles = (await loadFormats()).map(({ title }) => title).sort()
  throw new UserError(
    [
      `${paths.join(', ')}: no evidence found; name the folder or the files that contain it`,
      ...entriesWithReasons(inputs),
      ...leftOut.map(({ what, count }) => `  not read: ${what} (${count})`),
      `  searched for, in YAML, JSON and code files, by content: ${titles.join('; ')}`,
    ].join('\n'),
  )
}

/** What could not be read comes first: that a file is something else says little. */
function entriesWithReasons(inputs: Entry[]): string[] {
  const isOther = ({ reason, isOtherKind }: Entry): boolean => isOtherKind ?? reason === null
  const sorted = [...inputs.filter((entry) => !isOther(entry)), ...inputs.filter(isOther)]
  const lines = sorted.slice(0, SHOWN).map((entry) => `  ${withReason(entry)}`)
  return sorted.length > SHOWN ? [...lines, `  and ${sorted.length - SHOWN} more files`] : lines
}

function withReason({ path, reason }: Entry): string {
  return reason === null ? path : `${path}: ${reason}`
}

/** Evidence that was not read, or of which something was lost, each with the reason. A syntax error in one code file loses little and is listed only. */
export function unreadInputs({ inputs, problems }: Inputs): string[] {
  const troubled = new Set(problems.map(({ path }) => path))
  const isLost = ({ path, format, status }: Entry): boolean =>
    status === 'failed' || (status === 'partial' && format !== 'typescript' && troubled.has(path))
  return inputs.filter(isLost).map(({ path, reason }) => (reason === null ? path : `${path} (${reason})`))
}
