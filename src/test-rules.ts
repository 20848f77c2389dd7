/** `rules test`: every fixture's cases, each a small system whose outcome under one rule is known. */
import { statSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import * as z from 'zod'
import { discover } from './inputs/discover.js'
import { readInputs } from './inputs/read.js'
import { loadChainPatterns, type ChainPattern } from './knowledge/chain-patterns.js'
import { configurationSchema } from './knowledge/configuration.js'
import { loadLibraries, type Library } from './knowledge/libraries.js'
import { loadYaml, UserError } from './knowledge/load.js'
import { yamlFilesUnder } from './knowledge/rule-files.js'
import { SEVERITIES } from './knowledge/severities.js'
import { loadPolicies, type Policies } from './knowledge/policies.js'
import { loadCatalogue, type CompiledRule } from './rules/catalogue.js'
import { evaluate } from './rules/evaluate.js'
import type { Outcome } from './rules/outcome.js'
import { buildModel } from './system/model.js'

/** A case is written to a folder of its own: nothing may land beside it. */
function refuseOutside(files: Record<string, string>, context: z.RefinementCtx): void {
  for (const path of Object.keys(files))
    if (path === '' || isAbsolute(path) || path.split(/[\\/]/).includes('..'))
      context.addIssue({
        code: 'custom',
        path: [path],
        message: 'must be a path below the folder of the case',
      })
}

const outcome = z.enum(['pass', 'fail', 'unknown', 'not-applicable'])

export const ruleFixtureSchema = z.strictObject({
  cases: z
    .array(
      z.strictObject({
        name: z.string(),
        /** Path to text: the whole system of the case. */
        files: z.record(z.string(), z.string()).superRefine(refuseOutside),
        configuration: configurationSchema.optional(),
        /** The worst outcome of the rule over its subjects: fail, unknown, pass, not-applicable. */
        outcome,
        /** `path:line` of a failing check. */
        at: z.string().optional(),
        /** Of the failing check, where it is not the rule's: of dormant code, say. */
        severity: z.enum(SEVERITIES).optional(),
      }),
    )
    .min(1),
})

type RuleCase = z.infer<typeof ruleFixtureSchema>['cases'][number]

interface Workshop {
  rules: CompiledRule[]
  policies: Policies
  libraries: Library[]
  chainPatterns: ChainPattern[]
}

/** The moment fixtures are judged at. */
export const FIXTURE_TIME = '2026-11-01T00:00:00.000Z'

const WORST_FIRST = ['error', 'fail', 'unknown', 'pass', 'not-applicable']

/** Fixtures are called as their rule. A rule without a fixture counts as failed: an untested rule proves nothing. */
export async function testRules(
  folder: string,
  ownFolders: string[] = [],
): Promise<{ report: string; failed: number }> {
  const workshop = openWorkshop(ownFolders)
  const files = fixturesIn(folder)
  const problems: string[] = []
  let cases = 0
  for (const file of files) {
    const rule = workshop.rules.find(({ id }) => id === basename(file).replace(/\.ya?ml$/, ''))
    if (!rule) {
      problems.push(`${file}: no rule has this id`)
      continue
    }
    for (const fixture of loadYaml(file, ruleFixtureSchema).value.cases) {
      cases++
      const problem = await tryCase(rule, fixture, workshop)
      if (problem !== null) problems.push(`${file}: ${fixture.name}: ${problem}`)
    }
  }
  const untested =
    ownFolders.length > 0
      ? []
      : workshop.rules.filter(({ id }) => !files.some((file) => basename(file, '.yaml') === id))
  problems.push(...untested.map(({ id }) => `${id}: no fixture ${join(folder, `${id}.yaml`)}`))
  return {
    report: [...problems, `${cases} cases, ${problems.length} failed`, ''].join('\n'),
    failed: problems.length,
  }
}

function fixturesIn(folder: string): string[] {
  const found = folder === '' ? undefined : statSync(resolve(folder), { throwIfNoEntry: false })
  if (!found) throw new UserError(`${folder || 'an empty path'}: no such folder of fixtures; name one`)
  if (!found.isDirectory())
    throw new UserError(`${folder}: is a file; name the folder of fixtures it lies in`)
  const files = yamlFilesUnder(resolve(folder))
  if (files.length === 0)
    throw new UserError(`${folder}: no fixtures; each rule has one, RULE.yaml with cases`)
  return files
}

export function openWorkshop(ownFolders: string[] = []): Workshop {
  const policies = loadPolicies()
  return {
    policies,
    rules: loadCatalogue(policies.patterns, ownFolders).rules,
    libraries: loadLibraries(ownFolders),
    chainPatterns: loadChainPatterns(ownFolders),
  }
}

/** Null when the case holds, else what came instead. */
export async function tryCase(
  rule: CompiledRule,
  { files, configuration, ...expected }: RuleCase,
  { policies, libraries, chainPatterns }: Workshop,
): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'rule-case-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    const settings = configuration ?? configurationSchema.parse({})
    const { facts } = await readInputs(discover([folder], settings), { libraries, prefilter: true })
    const model = buildModel(facts, { configuration: settings, policies, chainPatterns, asOf: FIXTURE_TIME })
    return compare(evaluate({ rules: [rule], digest: '' }, model).outcomes, expected)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Expected = Pick<RuleCase, 'outcome' | 'at' | 'severity'>

function compare(outcomes: Outcome[], { outcome, at, severity }: Expected): string | null {
  const [worst] = [...outcomes].sort(
    (a, b) => WORST_FIRST.indexOf(a.outcome) - WORST_FIRST.indexOf(b.outcome),
  )
  const got = worst?.outcome ?? 'not-applicable'
  if (got !== outcome)
    return `expected ${outcome}, got ${got}${worst?.reason ? ` (${worst.reason})` : ''}${got === 'fail' ? `: ${worst!.message}` : ''}`
  const failed = outcomes.filter((candidate) => candidate.outcome === 'fail')
  const places = failed.map(({ source }) => `${source.path}:${source.line}`)
  if (at !== undefined && !places.includes(at))
    return `expected a finding at ${at}, got ${places.join(', ') || 'none'}`
  if (severity === undefined || worst?.severity === severity) return null
  return `expected severity ${severity}, got ${worst?.severity}`
}
