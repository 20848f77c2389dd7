/**
 * `npm run measure:peers -- LABELS.tsv [all]`: how often our outcomes are those that other tools' own test data ask for. Labels are
 * tab-separated: tool, file (below the folder that the labels' parent is in), check, expect (fire…, pass), count, executed, note.
 * Each file is analysed by itself, as those tools do. Only rows that agreed with a run of the tool, unless `all` is given, and
 * only checks to which rules of ours answer (rules/policies/peer-checks.yaml). Every disagreement is printed with our outcomes.
 */
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { analyze } from '../src/analyze.js'
import { UserError } from '../src/knowledge/load.js'
import { loadConfiguration } from '../src/knowledge/configuration.js'
import { rulesLike } from '../src/knowledge/peer-checks.js'
import type { Judged } from '../src/score/finding.js'

interface Label {
  tool: string
  file: string
  check: string
  fires: boolean
  executed: boolean
}

interface Answer extends Label {
  /** Our outcomes by rule: `kubernetes-replicas fail`. */
  outcomes: string[]
  agrees: boolean
}

const [labelFile, which] = process.argv.slice(2)
if (labelFile === undefined) {
  console.error('usage: npm run measure:peers -- LABELS.tsv [all]')
  process.exit(2)
}
const corpus = dirname(dirname(resolve(labelFile)))
const labels = labelsIn(labelFile).filter(({ executed }) => executed || which === 'all')
const answers: Answer[] = []
const withoutRules = new Map<string, number>()
for (const label of labels) {
  const rules = rulesLike(label.tool, [label.check], false)
  if (rules.size === 0) withoutRules.set(label.tool, (withoutRules.get(label.tool) ?? 0) + 1)
  else answers.push(answerTo(label, await outcomesIn(label.file, rules)))
}
for (const { tool, check, file, fires, outcomes } of answers.filter(({ agrees }) => !agrees))
  console.log(
    `${tool} ${check}: ${fires ? 'fires' : 'passes'}, here ${outcomes.join(', ') || 'not applicable'}\n  ${file}`,
  )
for (const tool of [...new Set(labels.map((label) => label.tool))].sort()) {
  const own = answers.filter((answer) => answer.tool === tool)
  const agreed = own.filter(({ agrees }) => agrees).length
  const share = own.length === 0 ? 'nothing to compare' : `${((100 * agreed) / own.length).toFixed(1)} %`
  console.log(
    `${tool}: ${agreed} of ${own.length} agree (${share}); ${withoutRules.get(tool) ?? 0} more are of checks without a rule here`,
  )
}

function labelsIn(path: string): Label[] {
  const [, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n')
  return rows.flatMap((row) => {
    const [tool, file, check, expect, , executed] = row.split('\t') as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    const isAnswer = /^(fire|pass)/.test(expect)
    const isRun = executed.startsWith('agreed')
    return isAnswer
      ? [{ tool, file, check: check.replace(/"/g, ''), fires: expect.startsWith('fire'), executed: isRun }]
      : []
  })
}

function answerTo(label: Label, judged: Judged[]): Answer {
  const outcomes = [...new Set(judged.map(({ rule, outcome }) => `${rule.id} ${outcome}`))].sort()
  const fails = judged.some(({ outcome }) => outcome === 'fail')
  return { ...label, outcomes, agrees: fails === label.fires }
}

/** What the rules say of the file, not counting what they do not apply to. */
async function outcomesIn(file: string, rules: Set<string>): Promise<Judged[]> {
  const path = join(corpus, file)
  try {
    const { judged } = await analyze({
      paths: [path],
      configuration: loadConfiguration(undefined, dirname(path)),
      ruleFolders: [],
      asOf: '2026-01-01T00:00:00.000Z',
      prefilter: true,
      cache: null,
      rendering: null,
      tool: { name: 'resilience-report', version: '0.0.0' },
      subject: { name: file, revision: null, tier: null },
      onProgress: () => undefined,
    })
    return judged.filter(({ rule, outcome }) => rules.has(rule.id) && outcome !== 'not-applicable')
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}
