/** The program, in the order the data flows: inputs, facts, system, rules, statistics, score, report. */
import type { LoadedConfiguration } from './knowledge/configuration.js'
import { loadChainPatterns, type ChainPattern } from './knowledge/chain-patterns.js'
import { loadLibraries } from './knowledge/libraries.js'
import { pathWithin, placeInConfiguration, placeMisfits, type Misfit } from './knowledge/misfit.js'
import { loadPolicies, type Policies } from './knowledge/policies.js'
import { recoveryPolicy } from './knowledge/recovery-policy.js'
import { discover } from './inputs/discover.js'
import { requireEvidence, unreadInputs } from './inputs/evidence.js'
import { lineReader } from './inputs/line-reader.js'
import { readThrough } from './inputs/cache.js'
import type { Inputs } from './inputs/read.js'
import { renderSystems } from './inputs/rendering/render.js'
import { evidenceKinds } from './system/evidence-kinds.js'
import { misnamedDependencies } from './system/misnamed.js'
import { buildModel, type Model } from './system/model.js'
import { loadCatalogue, type Catalogue } from './rules/catalogue.js'
import { evaluate } from './rules/evaluate.js'
import { applySettings } from './rules/settings.js'
import { silentAlerts } from './rules/silent-alerts.js'
import { summariseRecovery } from './statistics/recovery.js'
import { acceptRisks, type Suppressions } from './score/finding.js'
import { ignoreComments } from './score/ignore-comments.js'
import { shownBy } from './score/maturity.js'
import { scoreOf } from './score/score.js'
import { unusedComments } from './score/unused-comments.js'
import { verdictOf } from './score/verdict.js'
import { waiverProblems } from './score/waiver-problems.js'
import type { Answers } from './report/answers.js'
import { buildResult } from './report/build.js'
import type { Analysis, AnalysisOptions } from './analysis.js'
import { makeRoomFor } from './young-generation.js'

/** Throws a UserError for a bad rule, before anything is read, and when the paths hold no evidence at all. */
export async function analyze(options: AnalysisOptions): Promise<Analysis> {
  const knowledge = loadKnowledge(options)
  const { root, inputs } = await readEvidence(options, knowledge)

  options.onProgress('joining the evidence')
  const model = buildModel(inputs.facts, {
    configuration: options.configuration.value,
    declaredAt: (at) => placeInConfiguration(options.configuration, root, at),
    policies: knowledge.policies,
    chainPatterns: knowledge.chainPatterns,
    silentAlerts: (joined) => silentAlerts(knowledge.catalogue, joined),
    asOf: options.asOf,
  })
  const judgement = judge(model, inputs, knowledge.catalogue)
  const misfits = misfitsOf(model, judgement.suppressions, knowledge.ruleIds)
  const result = buildResult({
    ...inputs,
    ...judgement,
    model,
    misfits: [
      ...placeMisfits(misfits, options.configuration, root),
      ...unusedComments(inputs.facts, judgement.suppressions.failed, knowledge.ruleIds),
    ],
    linesOf: lineReader(root),
    tool: { ...options.tool, catalogueDigest: knowledge.catalogue.digest },
    subject: options.subject,
    asOf: options.asOf,
  })
  return {
    result,
    judged: judgement.suppressions.judged,
    faults: inputs.faults,
    score: judgement.score,
  }
}

interface Knowledge {
  policies: Policies
  /** As the configuration sets it. */
  catalogue: Catalogue
  /** Of all rules, also of those switched off. */
  ruleIds: string[]
  chainPatterns: ChainPattern[]
}

function loadKnowledge({ ruleFolders, configuration }: AnalysisOptions): Knowledge {
  const policies = loadPolicies()
  const catalogue = loadCatalogue(policies.patterns, ruleFolders)
  return {
    policies,
    catalogue: applySettings(catalogue, configuration),
    ruleIds: catalogue.rules.map(({ id }) => id),
    chainPatterns: loadChainPatterns(ruleFolders),
  }
}

async function readEvidence(
  { paths, configuration, ruleFolders, prefilter, rendering, cache, onProgress }: AnalysisOptions,
  { catalogue }: Knowledge,
): Promise<{ root: string; inputs: Inputs }> {
  onProgress('looking for evidence')
  const files = discover(paths, configuration.value)
  makeRoomFor(files.files)
  const rendered = await renderSystems(files, rendering, onProgress)
  onProgress(`reading ${files.files.length} files`)
  const kept = cache && { folder: cache.folder, reader: `${cache.build} ${catalogue.digest}` }
  const inputs = await readThrough(kept, files, {
    prefilter,
    rendering: rendered,
    libraries: () => loadLibraries(ruleFolders),
  })
  await requireEvidence(inputs, paths)
  return { root: files.root, inputs: { ...inputs, inputs: withSettings(inputs, configuration, files.root) } }
}

/** The configuration is no evidence, and yet it was read. */
function withSettings({ inputs }: Inputs, { file }: LoadedConfiguration, root: string): Inputs['inputs'] {
  const path = file && pathWithin(root, file)
  return inputs.map((entry) =>
    entry.path === path && entry.status === 'skipped'
      ? { ...entry, format: 'settings', status: 'parsed' as const, reason: null }
      : entry,
  )
}

type Judgement = Pick<Answers, 'suppressions' | 'notApplicable' | 'recovery' | 'score' | 'verdict'>

function judge(model: Model, inputs: Inputs, catalogue: Catalogue): Judgement {
  const { configuration, policies, asOf } = model
  const { outcomes, notApplicable } = evaluate(catalogue, model)
  const suppressions = acceptRisks(outcomes, ignoreComments(inputs.facts), configuration, asOf)
  const objective = configuration.objectives.recoverySeconds ?? null
  const recovery = summariseRecovery(model.runs, objective, recoveryPolicy())
  const score = scoreOf(suppressions.judged, policies.score, shownBy(model))
  const absentEvidence = evidenceKinds(model).flatMap(({ kind, present }) => (present ? [] : [kind]))
  const gaps = { unreadInputs: unreadInputs(inputs), absentEvidence, coverage: score.coverage }
  const verdict = verdictOf(suppressions.failed, gaps, policies.score)
  return { suppressions, notApplicable, recovery, score, verdict }
}

function misfitsOf(
  { system, configuration }: Model,
  suppressions: Suppressions,
  ruleIds: string[],
): Misfit[] {
  return [
    ...misnamedDependencies(system, configuration),
    ...waiverProblems(suppressions, configuration.waivers, ruleIds),
  ]
}
