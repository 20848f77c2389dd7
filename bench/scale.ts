/**
 * `npm run bench:scale -- [ROUNDS]`: CPU of an analysis of 10,000 Kubernetes documents, and of one of 10,000 alert rules beside
 * `promtool check rules` over the same files (left out where promtool is not installed), each beside reading alone: YAML as
 * plain values, expressions as syntax trees. The input is the sample's, copied until it is large enough, each copy a namespace
 * of its own. Start-up is what one copy takes. One process per run, interleaved; the figures are medians of the rounds, ratios
 * those of the rounds' ratios, memory is the largest.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure, median, type Usage } from './usage.js'

const DOCUMENTS = 10_000
const RULES = 10_000
const SAMPLE = 'samples/lomash-wood'
const NAMESPACE = /lomash-wood/g

const count = Number(process.argv[2] ?? 5)
const scratch = mkdtempSync(join(tmpdir(), 'bench-'))
try {
  const manifests = copiesOf('k8s', /^apiVersion:/gm, DOCUMENTS)
  const rules = copiesOf('alerts', /^ +- (?:alert|record):/gm, RULES, 'rules.yaml', 'recording.yaml')
  console.log(`${count} rounds; ${manifests.count} documents, ${rules.count} rules`)
  const rounds = Array.from({ length: count }, () => ({
    documents: { one: analysis(manifests.one), all: analysis(manifests.all) },
    documentsRead: { one: reading(manifests.one), all: reading(manifests.all) },
    rules: analysis(rules.all),
    rulesRead: reading(rules.all, '--expressions'),
    promtool: cpuOfPromtool(rules.all),
  }))

  for (const [what, key] of [
    ['manifests, above start-up', 'documents'],
    ['  reading them alone', 'documentsRead'],
  ] as const) {
    const seconds = median(rounds.map(({ [key]: { one, all } }) => all.cpuSeconds - one.cpuSeconds))
    const each = `${((1000 * seconds) / manifests.count).toFixed(3)} ms a document`
    print(what, seconds, each, memoryOf(rounds.map(({ [key]: { all } }) => all)))
  }
  const hasPromtool = rounds.every(({ promtool }) => !Number.isNaN(promtool))
  for (const [what, key] of [
    ['alert rules', 'rules'],
    ['  reading them alone', 'rulesRead'],
  ] as const) {
    const ratio = median(rounds.map((round) => round[key].cpuSeconds / round.promtool))
    const beside = hasPromtool ? [`${ratio.toFixed(2)} x promtool`] : []
    const seconds = median(rounds.map((round) => round[key].cpuSeconds))
    print(what, seconds, ...beside, memoryOf(rounds.map((round) => round[key])))
  }
  if (hasPromtool) print('promtool check rules', median(rounds.map(({ promtool }) => promtool)))
  else console.log('promtool is not installed: nothing to compare the rules with')
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

interface Copies {
  /** A folder with one copy, and one with all. */
  one: string
  all: string
  /** Of what `counted` finds, in all copies. */
  count: number
}

function copiesOf(part: string, counted: RegExp, atLeast: number, ...only: string[]): Copies {
  const source = join(SAMPLE, part)
  const files = readdirSync(source).filter((name) => only.length === 0 || only.includes(name))
  const texts = files.map((name) => ({ name, text: readFileSync(join(source, name), 'utf8') }))
  const perCopy = texts.reduce((sum, { text }) => sum + (text.match(counted)?.length ?? 0), 0)
  const copies = Math.ceil(atLeast / perCopy)
  const [one, all] = [join(scratch, part, 'one'), join(scratch, part, 'all')]
  for (let copy = 0; copy < copies; copy++) {
    const folder = join(all, `system-${copy}`)
    mkdirSync(folder, { recursive: true })
    for (const { name, text } of texts) {
      writeFileSync(join(folder, name), renamed(text, `system-${copy}`))
    }
  }
  cpSync(join(all, 'system-0'), one, { recursive: true })
  return { one, all, count: copies * perCopy }
}

/** No two copies have an expression in common, which would be parsed once. */
function renamed(text: string, system: string): string {
  return text
    .replace(NAMESPACE, system)
    .replace(/\bjob="/g, `job="${system}-`)
    .replace(
      /\b[a-z_]+_(?:total|bucket|state|numbackends|max_connections|keys)\b/g,
      (metric) => `${system.replace('-', '_')}_${metric}`,
    )
}

function analysis(folder: string): Usage {
  const output = ['-f', 'json', '-o', join(scratch, 'report'), '--quiet', '--no-cache', '--fail-on', 'none']
  return measure(['dist/cli.js', 'analyze', folder, ...output], scratch)
}

function reading(folder: string, ...options: string[]): Usage {
  return measure(['bench/read-yaml.cjs', folder, ...options], scratch)
}

/** Seconds, by the shell's own count; NaN where there is none. */
function cpuOfPromtool(folder: string): number {
  const command = 'find "$0" -name "*.yaml" -print0 | xargs -0 promtool check rules >/dev/null 2>&1; times'
  const { stdout } = spawnSync('bash', ['-c', `command -v promtool >/dev/null && { ${command}; }`, folder], {
    encoding: 'utf8',
    timeout: 600_000,
  })
  const ofChildren = /\n(\d+)m([\d.]+)s (\d+)m([\d.]+)s/.exec(stdout)
  if (!ofChildren) return NaN
  const [userMinutes, user, systemMinutes, system] = ofChildren.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
  ]
  return 60 * (userMinutes + systemMinutes) + user + system
}

function memoryOf(usages: Usage[]): string {
  return `${Math.round(Math.max(...usages.map(({ megabytes }) => megabytes)))} MB`
}

function print(what: string, seconds: number, ...notes: string[]): void {
  const columns = notes.map((note) => note.padEnd(22)).join('')
  console.log(`${what.padEnd(28)}${seconds.toFixed(2).padStart(8)} s CPU   ${columns}`.trimEnd())
}
