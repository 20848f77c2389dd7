/** What a renderer says when it fails, as one line for the report. */

const MAX_REASON = 400

/** The prefix of Kubernetes' log lines holds the time and the process. */
const LOG_PREFIX = /^[IWEF]\d{4} [\d:.]+ +\d+ [^\]\s]+\] */
const LEAD = /^error:\s*|^"command failed" err=/i
const WARNING = /^#|^warning\b/i
/** Colours and other orders to a terminal. */
// eslint-disable-next-line no-control-regex
const TERMINAL_ORDER = /\u001b\[[\d;?]*[ -/]*[@-~]/g

/** The line that says why: the first that calls itself an error, else the first that is more than a warning. */
export function reasonIn(text: string, folders: string[]): string | null {
  const lines = text
    .split('\n')
    .map((line) => folders.reduce((left, folder) => withoutFolder(left, folder), line))
    .map((line) => line.replace(TERMINAL_ORDER, '').replace(LOG_PREFIX, '').trim())
    .filter((line) => line !== '')
  const line =
    lines.find((candidate) => LEAD.test(candidate)) ??
    lines.find((candidate) => !WARNING.test(candidate)) ??
    lines[0]
  if (line === undefined) return null
  const reason = line.replace(LEAD, '').replace(/^"(.*)"$/, '$1')
  return reason.length > MAX_REASON ? `${reason.slice(0, MAX_REASON)}…` : reason
}

/** Systems where the folder for temporary files is a link name it in both ways. */
function withoutFolder(text: string, folder: string): string {
  return text.replaceAll(`/private${folder}/`, '').replaceAll(`${folder}/`, '').replaceAll(folder, '.')
}
