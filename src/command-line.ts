/** The commands and their options. Everything heavy is imported by the command that needs it. */
import { Command, CommanderError, Option } from 'commander'
import { UserError } from './knowledge/load.js'
import { collect, list, moment, percentage } from './option-values.js'
import { showHidden } from './report/view/clean.js'
import type { CheckClaimsOptions } from './run-check-claims.js'
import { ruleFolders } from './rule-folders.js'
import type { AnalyzeOptions, ExitCode, Terminal } from './terminal.js'
import { tool } from './tool.js'

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
    tell('The folder this was started in does not exist any more; change into another\n')
    return 2
  }
  tell(
    `An error of ours: ${String(error)}${placeOf(error)}\nPlease report it with this message, the command and, if you may, the input: ${tool.bugs?.url ?? 'see README'}\n`,
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
      'Resilience reviews from evidence: code, Kubernetes manifests, alert rules and chaos experiments, joined.',
    )
    .version(tool.version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: tellOn(terminal) })
    .showHelpAfterError('(--help shows the options)')
}

function addAnalyze(program: Command, terminal: Terminal, exitWith: ExitWith): void {
  const command = program
    .command('analyze')
    .summary('review the system found under the paths')
    .description('Reviews the system found under the paths and writes its reports.')
    .argument('[path...]', 'files or folders to read', ['.'])
    .option('-c, --config <file>', 'configuration (default: resilience.yaml in the first path or above)')
    .option('--as-of <date-time>', 'the moment that ages and waivers count from (default: now)', moment)
    .option('--strict', 'exit 3 when evidence was unreadable or missing')
    .option('--no-prefilter', 'parse every code file, whatever it mentions')
    .option('--no-inherited-ignores', 'count findings that only other tools are told to ignore')
    .option('--no-cache', 'read every file anew, and keep nothing for the next run')
    .option('--helm <path>', 'program that renders charts (default: helm in PATH)')
    .option(
      '--kustomize <path>',
      'program that renders overlays (default: kustomize, or else kubectl, in PATH)',
    )
    .option('--no-render', 'run neither: charts and overlays are only named')
    .option('--quiet', 'print nothing but problems')
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
      'folder of the reports (default: reports/<subject>); - prints one format to stdout',
    )
    .option('-f, --format <list>', 'markdown, html, pdf, json, sarif', list, [
      'markdown',
      'pdf',
      'json',
      'sarif',
    ])
    .option(
      '--browser <path>',
      'browser that prints the PDF (default: PUPPETEER_EXECUTABLE_PATH, an installed one, the bundled one)',
    )
}

function withGate(command: Command): Command {
  const failOn = new Option('--fail-on <severity>', 'findings that close the gate').choices([
    'critical',
    'high',
    'medium',
    'low',
    'none',
  ])
  return command
    .addOption(failOn)
    .option('--min-score <n>', 'lowest score that passes the gate, 0 to 100', percentage)
    .option('--min-coverage <n>', 'lowest coverage that passes the gate, 0 to 100', percentage)
}

function withRules(command: Command): Command {
  return command.option('--rules <dir>', 'folder of own rules, repeatable', collect, [])
}

function addCheckClaims(program: Command, terminal: Terminal, exitWith: ExitWith): void {
  program
    .command('check-claims')
    .summary('recompute the figures that a written report states')
    .description(
      'Recomputes the figures that written reports state from what they say themselves; exit code 1 when one is contradicted.',
    )
    .argument('<document...>', 'Markdown documents')
    .option('-o, --output <dir>', 'folder for claims.md and claims.json; - prints one format to stdout')
    .option('-f, --format <list>', 'markdown, json', list)
    .option('--quiet', 'print nothing but problems')
    .action(async (documents: string[], options: CheckClaimsOptions) => {
      const { runCheckClaims } = await import('./run-check-claims.js')
      exitWith(await runCheckClaims(documents, options, terminal))
    })
}

function addRules(program: Command, terminal: Terminal, exitWith: ExitWith): void {
  const rules = program.command('rules').description('The catalogue of rules.')
  withRules(rules.command('list').description('Lists all rules.'))
    .option('--patterns', 'list the vocabulary of patterns')
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
    .description('Runs rule fixtures: NAME.yaml with cases, each with files and the outcome they must give.')
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
    .argument('[kind]', 'one of the kinds; without it they are listed')
    .action(async (kind: string | undefined) => {
      const { schemaOf } = await import('./print-schema.js')
      terminal.out(schemaOf(kind))
    })
}
