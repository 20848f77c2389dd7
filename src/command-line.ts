/** The commands and their options. Everything heavy is imported by the command that needs it. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { UserError } from './knowledge/load.js'
import type { AnalyzeOptions, ExitCode, Terminal } from './terminal.js'
import { tool } from './tool.js'

export async function run(terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = 0
  const program = commands(terminal, (code) => (exitCode = code))
  try {
    await program.parseAsync(terminal.arguments, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof UserError) {
      terminal.err(`${error.message}\n`)
      return 2
    }
    terminal.err(
      `An error of ours: ${(error as Error).stack ?? String(error)}\nPlease report it with this message, the command and, if you may, the input: ${tool.bugs?.url ?? 'see README'}\n`,
    )
    return 4
  }
}

function commands(terminal: Terminal, exitWith: (code: ExitCode) => void): Command {
  const program = new Command('resilience-report')
    .description(
      'Resilience reviews from evidence: code, Kubernetes manifests, alert rules and chaos experiments, joined.',
    )
    .version(tool.version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(--help shows the options)')

  program
    .command('analyze')
    .summary('review the system found under the paths')
    .description('Reviews the system found under the paths and writes its reports.')
    .argument('[path...]', 'files or folders to read', ['.'])
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
    .option('-c, --config <file>', 'configuration (default: resilience.yaml in the first path or above)')
    .option('--rules <dir>', 'folder of own rules, repeatable', collect, [])
    .option('--as-of <date-time>', 'the moment that ages and waivers count from (default: now)', moment)
    .addOption(
      new Option('--fail-on <severity>', 'findings that close the gate').choices([
        'critical',
        'high',
        'medium',
        'low',
        'none',
      ]),
    )
    .option('--min-score <n>', 'lowest score that passes the gate, 0 to 100', percentage)
    .option('--min-coverage <n>', 'lowest coverage that passes the gate, 0 to 100', percentage)
    .option('--strict', 'exit 3 when evidence was unreadable or missing')
    .option('--no-prefilter', 'parse every code file, whatever it mentions')
    .option(
      '--browser <path>',
      'browser that prints the PDF (default: PUPPETEER_EXECUTABLE_PATH, an installed one, the bundled one)',
    )
    .option('--quiet', 'print nothing but problems')
    .option('--verbose', 'list every input with its status')
    .action(async (paths: string[], options: AnalyzeOptions) => {
      const { runAnalyze } = await import('./run-analyze.js')
      exitWith(await runAnalyze(paths, options, terminal))
    })

  const rules = program.command('rules').description('The catalogue of rules.')
  const own = (command: Command): Command =>
    command.option('--rules <dir>', 'folder of own rules, repeatable', collect, [])
  own(rules.command('list').description('Lists all rules.'))
    .option('--patterns', 'list the vocabulary of patterns')
    .action(async (options: { rules: string[]; patterns?: boolean }) => {
      const { listPatterns, listRules } = await import('./show-rules.js')
      terminal.out(options.patterns ? listPatterns() : listRules(options.rules))
    })
  own(rules.command('show').description('Explains one rule.').argument('<id>')).action(
    async (id: string, options: { rules: string[] }) => {
      const { showRule } = await import('./show-rules.js')
      terminal.out(showRule(id, options.rules))
    },
  )
  own(
    rules
      .command('test')
      .description(
        'Runs rule fixtures: NAME.yaml with cases, each with files and the outcome they must give.',
      )
      .argument('[dir]', 'folder of fixtures', 'test/rules'),
  ).action(async (folder: string, options: { rules: string[] }) => {
    const { testRules } = await import('./test-rules.js')
    const { report, failed } = await testRules(folder, options.rules)
    terminal.out(report)
    exitWith(failed > 0 ? 1 : 0)
  })

  program
    .command('schema')
    .description('Prints the JSON Schema of a kind of file.')
    .argument('[kind]', 'one of the kinds; without it they are listed')
    .action(async (kind: string | undefined) => {
      const { schemaOf } = await import('./print-schema.js')
      terminal.out(schemaOf(kind))
    })
  return program
}

function list(text: string): string[] {
  return [
    ...new Set(
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    ),
  ]
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value]
}

function moment(text: string): Date {
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text)
  if (Number.isNaN(date.getTime()))
    throw new InvalidArgumentError('Write a date or an RFC 3339 time, such as 2026-11-01T00:00:00Z.')
  return date
}

function percentage(text: string): number {
  const value = Number(text)
  if (!(value >= 0 && value <= 100)) throw new InvalidArgumentError('Write a number from 0 to 100.')
  return value
}
