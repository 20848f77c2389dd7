/**
 * `npm run measure:labels -- LABELS.tsv OWNER/NAME=FOLDER…`: how the built tool does against places that people judged by
 * reading. Labels are tab-separated: repo, commit, path, line, pattern, verdict (missing, present), note (HARD: first when more
 * than the line is needed). A finding meets a label of its pattern in the same file, at most three lines away.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

interface Label {
  repo: string
  path: string
  line: number
  pattern: string
  verdict: string
  note: string
}

interface Place {
  repo: string
  path: string
  line: number
  pattern: string
  outcome: string
}

const MAX_DISTANCE = 3

const [labelFile, ...checkouts] = process.argv.slice(2)
if (labelFile === undefined || checkouts.length === 0) {
  console.error('usage: npm run measure:labels -- LABELS.tsv OWNER/NAME=FOLDER…')
  process.exit(2)
}
const folders = new Map(checkouts.map((checkout) => checkout.split('=', 2) as [string, string]))
const labels = labelsIn(labelFile).filter(({ repo }) => folders.has(repo))
const places = [...folders].flatMap(([repo, folder]) => placesIn(repo, resolve(folder)))

const judged = labels.map((label) => ({ ...label, outcome: outcomeAt(label) }))
for (const { repo, path, line, pattern, verdict, outcome, note } of judged) {
  const isWrong = verdict === 'missing' ? outcome !== 'fail' : outcome === 'fail'
  if (isWrong)
    console.log(
      `${verdict.padEnd(8)} ${outcome.padEnd(8)} ${pattern} ${repo} ${path}:${line}\n         ${note}`,
    )
}
console.log(`\n${'pattern'.padEnd(28)}missing found   present alarmed   undecided`)
for (const pattern of [...new Set(judged.map((label) => label.pattern))].sort())
  console.log(
    figures(
      pattern,
      judged.filter((label) => label.pattern === pattern),
    ),
  )
console.log(figures('all', judged))
console.log(
  figures(
    'all but HARD',
    judged.filter(({ note }) => !note.startsWith('HARD')),
  ),
)

function figures(name: string, group: { verdict: string; outcome: string }[]): string {
  const missing = group.filter(({ verdict }) => verdict === 'missing')
  const present = group.filter(({ verdict }) => verdict === 'present')
  const fails = (some: { outcome: string }[]): number =>
    some.filter(({ outcome }) => outcome === 'fail').length
  const undecided = group.filter(({ outcome }) => outcome === 'unknown').length
  return `${name.padEnd(28)}${share(fails(missing), missing.length)}   ${share(fails(present), present.length)}   ${undecided}`
}

function share(part: number, whole: number): string {
  const ratio = whole === 0 ? '' : ` (${(part / whole).toFixed(2)})`
  return `${part} of ${whole}${ratio}`.padEnd(16)
}

/** The worst outcome near a label; `none` where the tool says nothing. */
function outcomeAt(label: Label): string {
  const near = places.filter(
    ({ repo, path, line, pattern }) =>
      repo === label.repo &&
      path === label.path &&
      pattern === label.pattern &&
      Math.abs(line - label.line) <= MAX_DISTANCE,
  )
  return (
    ['fail', 'unknown', 'pass'].find((outcome) => near.some((place) => place.outcome === outcome)) ?? 'none'
  )
}

function labelsIn(file: string): Label[] {
  const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n')
  const columns = header!.split('\t')
  return rows.map((row) => {
    const cells = row.split('\t')
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? ''
    return {
      repo: cell('repo'),
      path: cell('path'),
      line: Number(cell('line')),
      pattern: cell('pattern'),
      verdict: cell('verdict'),
      note: cell('note'),
    }
  })
}

/** Every check with the place it is about; of a failed one also the related places. */
function placesIn(repo: string, folder: string): Place[] {
  const scratch = mkdtempSync(join(tmpdir(), 'labels-'))
  try {
    const command = [
      'dist/cli.js',
      'analyze',
      folder,
      '--quiet',
      '--fail-on',
      'none',
      '-f',
      'json',
      '-o',
      scratch,
    ]
    execFileSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 })
    const { checks } = JSON.parse(readFileSync(join(scratch, 'report.json'), 'utf8')) as {
      checks: {
        pattern: string
        outcome: string
        source: { path: string; line: number }
        related: { path: string; line: number }[]
      }[]
    }
    return checks.flatMap(({ pattern, outcome, source, related }) =>
      [source, ...(outcome === 'fail' ? related : [])].map(({ path, line }) => ({
        repo,
        path,
        line,
        pattern,
        outcome,
      })),
    )
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
