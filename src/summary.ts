/** What a run prints: the verdict and its reasons, the blockers, the counts, the paths written. */
import { SEVERITIES } from './knowledge/severities.js'
import { relative } from 'node:path'
import pc from 'picocolors'
import type { Result } from './report/result.js'
import { showHidden } from './report/view/clean.js'

export interface SummaryOptions {
  verbose: boolean
  colours: boolean
}

const SHOWN_BLOCKERS = 10

export function summaryOf(
  result: Result,
  paths: string[],
  gateFailures: string[],
  { verbose, colours }: SummaryOptions,
): string {
  const { bold, dim, red, green, yellow } = pc.createColors(colours)
  const colour = { GO: green, CONDITIONS: yellow, INCOMPLETE: yellow, 'NO-GO': red }[result.verdict]
  const { files, checks, ratio } = result.coverage
  const open = result.checks.filter(
    ({ outcome, waiver }) => outcome === 'fail' && (waiver === null || waiver.expired),
  )
  const bySeverity = SEVERITIES.map(
    (severity) => `${open.filter((check) => check.severity === severity).length} ${severity}`,
  ).join(', ')
  const { value, low, high } = result.score
  const lines = [
    `${bold(plain(result.subject.name))}: ${bold(colour(result.verdict))} – ${plain(result.verdictReasons.join('; '))}`,
    `  evidence   ${files.found} files: ${files.parsed} parsed, ${files.partial} in part, ${files.skipped} skipped, ${files.failed} failed`,
    `  checks     ${checks.pass} passed, ${checks.fail} failed, ${checks.unknown} unknown, ${checks.error} in error; ${Math.round(ratio * 100)} % answered`,
    `  findings   ${bySeverity}`,
    `  questions  ${questionsIn(result)}`,
    `  chains     ${countBy(result.chains.map(({ state }) => state)) || 'none found'}`,
    `  score      ${value === null ? 'unknown' : Math.round(value)} of 100 (between ${Math.round(low)} and ${Math.round(high)}, depending on the unanswered checks)`,
  ]
  const blockers = open.filter(({ fingerprint }) => result.blockers.includes(fingerprint))
  for (const { source, title, subject } of blockers.slice(0, SHOWN_BLOCKERS))
    lines.push(`  ${red('blocker')}    ${plain(`${source.path}:${source.line} ${title}: ${subject}`)}`)
  if (blockers.length > SHOWN_BLOCKERS)
    lines.push(`             and ${blockers.length - SHOWN_BLOCKERS} more in the report`)
  if (verbose)
    for (const { status, path, format, reason } of result.inputs)
      lines.push(
        dim(plain(`  ${status.padEnd(10)} ${path} (${format})${reason === null ? '' : `: ${reason}`}`)),
      )
  for (const failure of gateFailures) lines.push(`  ${red('gate')}       ${failure}`)
  for (const path of paths) lines.push(`  wrote      ${relative('.', path)}`)
  return `${lines.join('\n')}\n`
}

/** Those for the review, by what is at stake. */
function questionsIn({ questions }: Result): string {
  if (questions.length === 0) return 'none open'
  const counts = SEVERITIES.flatMap((severity) => {
    const { length } = questions.filter((question) => question.severity === severity)
    return length === 0 ? [] : [`${length} ${severity}`]
  })
  return `${questions.length} for the review (at worst ${counts.join(', ')})`
}

/** Names come from strangers: no line of theirs, and nothing that a terminal would obey. */
function plain(text: string): string {
  return showHidden(text.replace(/[\r\n]+/g, ' '))
}

function countBy(states: string[]): string {
  const counts = new Map<string, number>()
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1)
  return [...counts]
    .map(([state, count]) => `${count} ${state}`)
    .sort()
    .join(', ')
}
