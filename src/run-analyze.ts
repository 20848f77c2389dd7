/** `analyze`: options and configuration into an analysis, its reports, the summary and the exit code. */
import type { Analysis, AnalysisOptions } from './analysis.js'
import { analyze } from './analyze.js'
import { requestOf, type AnalyzeRequest } from './analyze-request.js'
import { makeOutputFolder } from './output-folder.js'
import { progressLine, type ProgressLine } from './progress.js'
import { startBrowser, type Browser } from './report/browser.js'
import { lastingCache } from './report/browser/cache.js'
import { showHidden } from './report/view/clean.js'
import { render, writeReport } from './report/write.js'
import { gateFailures } from './score/gate.js'
import { summaryOf } from './summary.js'
import type { AnalyzeOptions, ExitCode, Terminal } from './terminal.js'
import { buildDigest, tool } from './tool.js'

export async function runAnalyze(
  paths: string[],
  options: AnalyzeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const request = requestOf(paths, options, terminal)
  const progress = progressLine(terminal.isTerminal && !options.quiet, terminal.err)
  // The browser needs most of a second to start: meanwhile the analysis runs.
  const browser = startedBrowser(options, terminal)
  try {
    const analysis = await analyze({
      ...request,
      prefilter: options.prefilter,
      rendering: renderingOf(options, terminal),
      tool: { name: tool.name, version: tool.version },
      cache: await cacheFor(options, terminal),
      onProgress: progress.show,
    })
    const output = {
      request,
      options,
      terminal,
      progress,
      browser,
      failures: gateOf(analysis, request, options),
    }
    for (const fault of analysis.faults)
      terminal.err(
        `Internal error: ${fault}\nWhat it affects counts as failed. Please report it${reportPlace()}\n`,
      )
    return request.folder === null
      ? await printDocument(analysis, output)
      : await writeDocuments(analysis, request.folder, output)
  } finally {
    progress.clear()
    await browser?.then((running) => running.close()).catch(() => undefined)
  }
}

function renderingOf(
  { render, helm, kustomize }: AnalyzeOptions,
  { environment }: Terminal,
): AnalysisOptions['rendering'] {
  if (!render) return null
  return { helm: helm ?? null, kustomize: kustomize ?? null, searchPath: environment['PATH'] ?? '' }
}

/** None for sources that run directly: what they give for a file changes with every edit. */
async function cacheFor(
  options: AnalyzeOptions,
  { environment }: Terminal,
): Promise<AnalysisOptions['cache']> {
  const build = buildDigest()
  if (!options.cache || build === null) return null
  try {
    return { folder: await lastingCache(environment), build }
  } catch {
    return null
  }
}

interface Output {
  options: AnalyzeOptions
  terminal: Terminal
  progress: ProgressLine
  browser: Promise<Browser> | null
  /** Why the gate does not hold. */
  failures: string[]
}

function startedBrowser({ format, browser }: AnalyzeOptions, { environment }: Terminal): Output['browser'] {
  if (!format.includes('pdf')) return null
  const path = browser ?? environment['PUPPETEER_EXECUTABLE_PATH']
  const starting = startBrowser({ path })
  starting.catch(() => undefined)
  return starting
}

function gateOf(
  { judged, score }: Analysis,
  { configuration }: AnalyzeRequest,
  options: AnalyzeOptions,
): string[] {
  const { gate } = configuration.value
  return gateFailures(judged, score, {
    failOn: options.failOn ?? gate.failOn ?? 'critical',
    minScore: options.minScore ?? gate.minScore ?? null,
    minCoverage: options.minCoverage ?? gate.minCoverage ?? null,
  })
}

/** Standard output takes the one document, so what else there is to say goes to standard error. */
async function printDocument(analysis: Analysis, output: Output): Promise<ExitCode> {
  const { options, terminal, progress, browser, failures } = output
  tellFailures(failures, terminal)
  progress.clear()
  terminal.out(await render(analysis.result, options.format[0]!, { browser }))
  return exitCodeOf(analysis, failures, options)
}

async function writeDocuments(analysis: Analysis, folder: string, output: Output): Promise<ExitCode> {
  const { options, terminal, progress, browser, failures } = output
  progress.show('writing the reports')
  makeOutputFolder(folder)
  const written = await writeReport(analysis.result, options.format, folder, { browser })
  progress.clear()
  if (options.quiet) tellFailures(failures, terminal)
  else
    terminal.out(
      summaryOf(analysis.result, written.paths, failures, {
        verbose: options.verbose === true,
        colours: coloursWanted(terminal),
      }),
    )
  for (const { format, message } of written.errors) terminal.err(`${format}: ${showHidden(message)}\n`)
  return written.errors.length > 0 ? 4 : exitCodeOf(analysis, failures, options)
}

function tellFailures(failures: string[], terminal: Terminal): void {
  for (const failure of failures) terminal.err(`gate: ${failure}\n`)
}

function reportPlace(): string {
  return tool.bugs ? `: ${tool.bugs.url}` : ''
}

function exitCodeOf(analysis: Analysis, gateFailures: string[], options: AnalyzeOptions): ExitCode {
  if (analysis.faults.length > 0) return 4
  if (gateFailures.length > 0) return 1
  const { files, evidence } = analysis.result.coverage
  const isIncomplete = files.failed > 0 || files.partial > 0 || evidence.some(({ present }) => !present)
  return options.strict && isIncomplete ? 3 : 0
}

function coloursWanted({ environment }: Terminal): boolean {
  return (
    environment['NO_COLOR'] === undefined && environment['CI'] === undefined && process.stdout.isTTY === true
  )
}
