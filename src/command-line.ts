/** The commands and their options. Everything heavy is imported by the command that needs it. */
import { Command, CommanderError, Option } from 'commander'
import { config as configureZod } from 'zod'
import { UserError } from './knowledge/load.js'
import { collect, list, moment, percentage } from './option-values.js'
import { showHidden } from './report/view/clean.js'
import type { CheckClaimsOptions } from './run-check-claims.js'
import { ruleFolders } from './rule-folders.js'
import type { AnalyzeOptions, ExitCode, Terminal } from './terminal.js'
import { tool } from './tool.js'

// Schemas are asked a few hundred times: compiling them costs more than that saves.
configureZod({ jitless: true })

type ExitWith = (code: ExitCode) => void

export async function run(terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = 0
  const program = programOf(terminal)
  addAnalyze(program, terminal, (code) => (exitCode = code))
  addCheckClaims(program, terminal, (code) => (exitCode = code))
  addRules(program, terminal, (code) => (exitCode = code))
  addSchema(program, terminal)
  try {
    await program.parseAsync(terminal.arguments, { from: 'user' })
    return exitCode
  } catch (error) {
    return explain(error, terminal)
  }
}

/** Prints what went wrong, once. Commander has printed its own errors. */
function explain(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const tell = tellOn(terminal)
  if (error instanceof UserError) {
    tell(`${error.message}\n`)
    return 2
  }
  if (isWithoutFolder(error)) {
    tell('The working directory no longer exists; change to another one\n')
    return 2
  }
  tell(
    `Internal error: ${String(error)}${placeOf(error)}\nPlease report it with this message, the command and, if possible, the input: ${tool.bugs?.url ?? 'see README'}\n`,
  )
  return 4
}

/** Names in messages come from strangers: a terminal must not obey them. */
function tellOn(terminal: Terminal): (text: string) => void {
  return (text) => terminal.err(showHidden(text))
}

function isWithoutFolder(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd'
}

/** Where in our own code an error arose: more of the stack helps nobody who reads it. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const place = /\/(?:dist|src)\/([\w./-]+:\d+:\d+)/.exec(stack)
  return place ? ` (${place[1]})` : ''
}

function programOf(terminal: Terminal): Command {
  return new Command('resilience-report')
    .description(
      'Resilience reviews from evidence: code, Kubernetes manifests, alert rules and chaos experiments joined into one report.',
    )
    .version(tool.version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: tellOn(terminal) })
    .showHelpAfterError('(see --help for the options)')
}

function addAnalyze(program: Command, terminal: Terminal, exitWith: ExitWith): void {
  const command = program
    .command('analyze')
    .summary('review the system found under the paths')
    .description('Reviews the system found under the paths and writes its reports.')
    .argument('[path...]', 'files or folders to read', ['.'])
    .option('-c, --config <file>', 'configuration (default: resilience.yaml in the first path or above)')
    .option('--as-of <date-time>', 'reference time for ages and waivers (default: now)', moment)
    .option('--strict', 'exit with code 3 when evidence was unreadable, partly read or missing')
    .option('--no-prefilter', 'parse every code file, without the text filter before it')
    .option('--no-inherited-ignores', 'count findings that are ignored for other tools only')
    .option('--no-cache', 'read every file again, and cache nothing for the next run')
    .option('--helm <path>', 'executable that renders charts (default: helm in PATH)')
    .option(
      '--kustomize <path>',
      'executable that renders overlays (default: kustomize, else kubectl, in PATH)',
    )
    .option('--no-render', 'render nothing: only list charts and overlays')
    .option('--quiet', 'print problems only')
    .option('--verbose', 'list every input with its status')
  withGate(withOutput(withRules(command))).action(async (paths: string[], options: AnalyzeOptions) => {
    const { runAnalyze } = await import('./run-analyze.js')
    exitWith(await runAnalyze(paths, options, terminal))
  })
}

function withOutput(command: Command): Command {
  return command
    .option(
      '-o, --output <dir>',
      'folder for the reports (default: reports/<subject>); - prints one format to stdout',
    )
    .option('-f, --format <list>', 'markdown, html, pdf, json, sarif', list, [
      'markdown',
      'pdf',
      'json',
      'sarif',
    ])
    .option(
      '--browser <path>',
      'browser that prints the PDF (default: PUPPETEER_EXECUTABLE_PATH, else an installed one, else the bundled one)',
    )
}

function withGate(command: Command): Command {
  const failOn = new Option(
    '--fail-on <severity>',
    'lowest severity of open findings that fails the gate',
  ).choices(['critical', 'high', 'medium', 'low', 'none'])
  return command
    .addOption(failOn)
    .option('--min-score <n>', 'lowest score that passes the gate, 0 to 100', percentage)
    .option('--min-coverage <n>', 'lowest coverage that passes the gate, 0 to 100', percentage)
}

function withRules(command: Command): Command {
  return command.option('--rules <dir>', 'folder of your own rules, repeatable', collect, [])
}

function addCheckClaims(program: Command, terminal: Terminal, exitWith: ExitWith): void {
  program
    .command('check-claims')
    .summary('recompute the figures that a written report states')
    .description(
      'Recomputes the figures that written reports state, from the reports themselves; exit code 1 when a figure is contradicted.',
    )
    .argument('<document...>', 'Markdown documents')
    .option('-o, --output <dir>', 'folder for claims.md and claims.json; - prints one format to stdout')
    .option('-f, --format <list>', 'markdown, json', list)
    .option('--quiet', 'print problems only')
    .action(async (documents: string[], options: CheckClaimsOptions) => {
      const { runCheckClaims } = await import('./run-check-claims.js')
      exitWith(await runCheckClaims(documents, options, terminal))
    })
}

function addRules(program: Command, terminal: Terminal, exitWith: ExitWith): void {
  const rules = program.command('rules').description('The rule catalogue.')
  withRules(rules.command('list').description('Lists all rules.'))
    .option('--patterns', 'list the pattern vocabulary')
    .action(async (options: { rules: string[]; patterns?: boolean }) => {
      const { listPatterns, listRules } = await import('./show-rules.js')
      terminal.out(options.patterns ? listPatterns() : listRules(ruleFolders(options.rules)))
    })
  withRules(rules.command('show').description('Explains one rule.').argument('<id>')).action(
    async (id: string, options: { rules: string[] }) => {
      const { showRule } = await import('./show-rules.js')
      terminal.out(showRule(id, ruleFolders(options.rules)))
    },
  )
  const test = rules
    .command('test')
    .description(
      'Runs rule fixtures: RULE.yaml files with cases, each with input files and the expected outcome.',
    )
    .argument('[dir]', 'folder of fixtures', 'test/rules')
  withRules(test).action(async (folder: string, options: { rules: string[] }) => {
    const { testRules } = await import('./test-rules.js')
    const { report, failed } = await testRules(folder, ruleFolders(options.rules))
    terminal.out(report)
    exitWith(failed > 0 ? 1 : 0)
  })
}

function addSchema(program: Command, terminal: Terminal): void {
  program
    .command('schema')
    .description('Prints the JSON Schema of a kind of file.')
    .argument('[kind]', 'kind of file; without it, all kinds are listed')
    .action(async (kind: string | undefined) => {
      const { schemaOf } = await import('./print-schema.js')
      terminal.out(schemaOf(kind))
    })
}
