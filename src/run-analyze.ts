/** `analyze`: options and configuration into an analysis, its reports, the summary and the exit code. */
import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { execFileSync } from 'node:child_process'
import type { Analysis } from './analysis.js'
import { analyze } from './analyze.js'
import { loadConfiguration, type Configuration } from './knowledge/configuration.js'
import { UserError } from './knowledge/load.js'
import { startBrowser } from './report/browser.js'
import { rendererNames } from './report/renderers.js'
import { render, writeReport } from './report/write.js'
import { gateFailures } from './score/gate.js'
import { progressLine } from './progress.js'
import { summaryOf } from './summary.js'
import type { AnalyzeOptions, ExitCode, Terminal } from './terminal.js'
import { tool } from './tool.js'

export async function runAnalyze(
  paths: string[],
  options: AnalyzeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const absolute = paths.map((path) => resolve(path))
  const absent = absolute.findIndex((path) => !existsSync(path))
  if (absent >= 0)
    throw new UserError(`${paths[absent]}: no such file or folder; name what is to be analysed`)
  checkFormats(options)
  const configuration = loadConfiguration(options.config, absolute[0]!)
  const subject = subjectOf(configuration.value, absolute[0]!)
  const toStdout = options.output === '-'
  const progress = progressLine(terminal.isTerminal && !options.quiet, terminal.err)

  // The browser needs most of a second to start: meanwhile the analysis runs.
  const path = options.browser ?? terminal.environment['PUPPETEER_EXECUTABLE_PATH']
  const browser = options.format.includes('pdf') ? startBrowser({ path }) : null
  browser?.catch(() => undefined)
  try {
    const analysis = await analyze({
      paths: absolute,
      configuration,
      ruleFolders: options.rules.map((folder) => resolve(folder)),
      asOf: (options.asOf ?? terminal.now()).toISOString(),
      prefilter: options.prefilter,
      tool: { name: tool.name, version: tool.version },
      subject,
      onProgress: progress.show,
    })
    const failures = gateOf(analysis, configuration.value, options)
    if (toStdout || options.quiet) for (const failure of failures) terminal.err(`gate: ${failure}\n`)
    if (toStdout) {
      progress.clear()
      terminal.out(await render(analysis.result, options.format[0]!, { browser }))
      return exitCodeOf(analysis, failures, options)
    }
    progress.show('writing the reports')
    const written = await writeReport(
      analysis.result,
      options.format,
      options.output ?? join('reports', fileName(subject.name)),
      { browser },
    )
    progress.clear()
    if (!options.quiet)
      terminal.out(
        summaryOf(analysis.result, written.paths, failures, {
          verbose: options.verbose === true,
          colours: coloursWanted(terminal),
        }),
      )
    for (const { format, message } of written.errors) terminal.err(`${format}: ${message}\n`)
    if (written.errors.length > 0) return 4
    return exitCodeOf(analysis, failures, options)
  } finally {
    progress.clear()
    await browser?.then((running) => running.close()).catch(() => undefined)
  }
}

function checkFormats({ format, output }: AnalyzeOptions): void {
  const known = rendererNames()
  const unknown = format.filter((name) => !known.includes(name))
  if (unknown.length > 0 || format.length === 0)
    throw new UserError(
      `--format: ${unknown.join(', ') || 'nothing'} is no format; there are ${known.join(', ')}`,
    )
  if (output === '-' && format.length !== 1)
    throw new UserError('--output -: prints one format; name it with --format')
}

function gateOf({ judged, score }: Analysis, { gate }: Configuration, options: AnalyzeOptions): string[] {
  return gateFailures(judged, score, {
    failOn: options.failOn ?? gate.failOn ?? 'critical',
    minScore: options.minScore ?? gate.minScore ?? null,
    minCoverage: options.minCoverage ?? gate.minCoverage ?? null,
  })
}

function exitCodeOf(analysis: Analysis, gateFailures: string[], options: AnalyzeOptions): ExitCode {
  if (gateFailures.length > 0) return 1
  const { files, evidence } = analysis.result.coverage
  const isIncomplete = files.failed > 0 || files.partial > 0 || evidence.some(({ present }) => !present)
  return options.strict && isIncomplete ? 3 : 0
}

/** The declared name, else the folder's; the revision is git's, when the folder is a checkout. */
function subjectOf(
  configuration: Configuration,
  path: string,
): { name: string; revision: string | null; tier: string | null } {
  return {
    name: configuration.subject ?? basename(path),
    revision: revisionOf(path),
    tier: configuration.tier ?? null,
  }
}

function revisionOf(path: string): string | null {
  try {
    return execFileSync('git', ['-C', path, 'rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5_000,
    }).trim()
  } catch {
    return null
  }
}

function fileName(subject: string): string {
  return (
    subject
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'report'
  )
}

function coloursWanted({ environment }: Terminal): boolean {
  return (
    environment['NO_COLOR'] === undefined && environment['CI'] === undefined && process.stdout.isTTY === true
  )
}
