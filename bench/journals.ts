/**
 * `npm run bench:journals -- [ROUNDS] [JOURNALS] [KILOBYTES]`: CPU and memory of an analysis of many Chaos Toolkit journals beside those
 * of reading and JSON.parse alone, and of an analysis of a single one. One process per run, interleaved; the ratio is the median
 * of the rounds' ratios, the memory the largest.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { journalOf } from './journal-of.js'
import { measure, median, type Usage } from './usage.js'

const JOURNALS_PER_FOLDER = 500
const YARDSTICK = 'read, JSON.parse'

const [rounds = 5, journals = 10_000, kilobytes = 80] = process.argv.slice(2).map(Number)
const scratch = mkdtempSync(join(tmpdir(), 'bench-'))
try {
  const [one, all] = [join(scratch, 'one'), join(scratch, 'all')]
  write(one, 1)
  const bytes = write(all, journals)
  console.log(`${rounds} rounds; ${journals} journals, ${(bytes / 1e6).toFixed(0)} MB`)
  const variants: Record<string, string[]> = {
    [YARDSTICK]: ['bench/read-and-parse.cjs', all],
    'analyze, json': analysis(all),
    'analyze, one journal': analysis(one),
  }
  const runs: Record<string, Usage>[] = []
  for (let round = 0; round < rounds; round++) {
    runs.push(
      Object.fromEntries(
        Object.entries(variants).map(([name, command]) => [name, measure(command, scratch)]),
      ),
    )
  }
  for (const name of Object.keys(variants)) {
    const ratios = runs.map((run) => run[name]!.cpuSeconds / run[YARDSTICK]!.cpuSeconds)
    const figures = [
      `${median(runs.map((run) => run[name]!.cpuSeconds)).toFixed(2)} s CPU`,
      `${median(ratios).toFixed(2)} x`,
      `${Math.round(Math.max(...runs.map((run) => run[name]!.megabytes)))} MB`,
    ]
    console.log(`${name.padEnd(22)} ${figures.map((figure) => figure.padStart(12)).join('')}`)
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

/** Returns how many bytes they have together. */
function write(folder: string, count: number): number {
  let bytes = 0
  for (let number = 0; number < count; number++) {
    const below = join(folder, `${Math.floor(number / JOURNALS_PER_FOLDER)}`)
    mkdirSync(below, { recursive: true })
    const text = journalOf(number, kilobytes * 1000)
    writeFileSync(join(below, `journal-${number}.json`), text)
    bytes += Buffer.byteLength(text)
  }
  return bytes
}

function analysis(folder: string): string[] {
  const options = ['-f', 'json', '-o', join(scratch, 'report'), '--quiet', '--no-cache', '--fail-on', 'none']
  return ['dist/cli.js', 'analyze', folder, ...options]
}
