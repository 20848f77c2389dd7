/**
 * `npm run bench -- FOLDER [ROUNDS]`: CPU and memory of a cold analysis beside those of bare ts.createSourceFile over the
 * TypeScript files below the folder, tests included. One process per run, interleaved; the ratio is the median of the rounds'
 * ratios. Ends with exit code 1 when the prefilter, which is to save time only, changes any outcome.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { measure, median, type Usage } from './usage.js'

const folder = resolve(process.argv[2] ?? 'samples/lomash-wood')
const rounds = Number(process.argv[3] ?? 5)
const scratch = mkdtempSync(join(tmpdir(), 'bench-'))
try {
  const list = join(scratch, 'files.json')
  const code = typescriptFiles(folder)
  writeFileSync(list, JSON.stringify(code))
  const variants: Record<string, string[]> = {
    'ts.createSourceFile': ['bench/parse-only.cjs', list],
    'analyze, json': [...analysis('json'), '--no-cache'],
    'analyze, json, no prefilter': [...analysis('json', 'unfiltered'), '--no-cache', '--no-prefilter'],
    'analyze, all formats': [...analysis('markdown,html,pdf,json,sarif'), '--no-cache'],
    'analyze, json, again': analysis('json'),
  }
  measure(variants['analyze, json, again']!, scratch)
  const runs: Record<string, Usage>[] = []
  for (let round = 0; round < rounds; round++) {
    runs.push(
      Object.fromEntries(
        Object.entries(variants).map(([name, command]) => [name, measure(command, scratch)]),
      ),
    )
  }
  console.log(
    `${code.length} TypeScript files, ${rounds} rounds; CPU of child processes (the browser) is not included`,
  )
  for (const name of Object.keys(variants)) {
    const ratios = runs.map((run) => run[name]!.cpuSeconds / run['ts.createSourceFile']!.cpuSeconds)
    const figures = [
      `${median(runs.map((run) => run[name]!.cpuSeconds)).toFixed(2)} s CPU`,
      `${median(ratios).toFixed(2)} x`,
      `${Math.round(Math.max(...runs.map((run) => run[name]!.megabytes)))} MB`,
    ]
    console.log(`${name.padEnd(30)} ${figures.map((figure) => figure.padStart(12)).join('')}`)
  }
  const filtered = outcomesIn('report')
  const isEqual = filtered.length > 0 && filtered.join('\n') === outcomesIn('unfiltered').join('\n')
  console.log(`${filtered.length} outcomes, ${isEqual ? 'equal' : 'NOT equal'} without the prefilter`)
  if (!isEqual) process.exitCode = 1
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function typescriptFiles(below: string): string[] {
  return readdirSync(below, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('node_modules'))
    .sort()
}

function analysis(formats: string, output = 'report'): string[] {
  return [
    'dist/cli.js',
    'analyze',
    folder,
    '--quiet',
    '--fail-on',
    'none',
    '-f',
    formats,
    '-o',
    join(scratch, output),
  ]
}

/** Every check with its outcome and all that it says. */
function outcomesIn(output: string): string[] {
  const { checks } = JSON.parse(readFileSync(join(scratch, output, 'report.json'), 'utf8')) as {
    checks: unknown[]
  }
  return checks.map((check) => JSON.stringify(check))
}
