/** The program, in the order the data flows: inputs, facts, system, rules, statistics, score, report. */
import { loadChainPatterns } from './knowledge/chain-patterns.js'
import { loadLibraries } from './knowledge/libraries.js'
import { placeInConfiguration, placeMisfits } from './knowledge/misfit.js'
import { loadPolicies } from './knowledge/policies.js'
import { recoveryPolicy } from './knowledge/recovery-policy.js'
import { discover } from './inputs/discover.js'
import { requireEvidence, unreadInputs } from './inputs/evidence.js'
import { lineReader } from './inputs/line-reader.js'
import { readInputs } from './inputs/read.js'
import { evidenceKinds } from './system/evidence-kinds.js'
import { misnamedDependencies } from './system/misnamed.js'
import { buildModel } from './system/model.js'
import { loadCatalogue } from './rules/catalogue.js'
import { evaluate } from './rules/evaluate.js'
import { applySettings } from './rules/settings.js'
import { summariseRecovery } from './statistics/recovery.js'
import { acceptRisks } from './score/finding.js'
import { ignoreComments } from './score/ignore-comments.js'
import { scoreOf } from './score/score.js'
import { verdictOf } from './score/verdict.js'
import { waiverProblems } from './score/waiver-problems.js'
import { buildResult } from './report/build.js'
import type { Analysis, AnalysisOptions } from './analysis.js'

/** Throws a UserError for a bad rule, before anything is read, and when the paths hold no evidence at all. */
export async function analyze(options: AnalysisOptions): Promise<Analysis> {
  const { ruleFolders, asOf, onProgress } = options
  const configuration = options.configuration.value
  const policies = loadPolicies()
  const allRules = loadCatalogue(policies.patterns, ruleFolders)
  const catalogue = applySettings(allRules, options.configuration)
  const [libraries, chainPatterns] = [loadLibraries(ruleFolders), loadChainPatterns(ruleFolders)]

  onProgress('looking for evidence')
  const files = discover(options.paths, configuration)
  onProgress(`reading ${files.files.length} files`)
  const inputs = await readInputs(files, { libraries, prefilter: options.prefilter })

  await requireEvidence(inputs, options.paths)

  onProgress('joining the evidence')
  const model = buildModel(inputs.facts, {
    configuration,
    declaredAt: (at) => placeInConfiguration(options.configuration, files.root, at),
    policies,
    chainPatterns,
    asOf,
  })
  const suppressions = acceptRisks(
    evaluate(catalogue, model),
    ignoreComments(inputs.facts),
    configuration,
    asOf,
  )
  const recovery = summariseRecovery(
    model.runs,
    configuration.objectives.recoverySeconds ?? null,
    recoveryPolicy(),
  )
  const score = scoreOf(suppressions.judged, policies.score)
  const absentEvidence = evidenceKinds(model).flatMap(({ kind, present }) => (present ? [] : [kind]))
  const gaps = { unreadInputs: unreadInputs(inputs), absentEvidence, coverage: score.coverage }
  const verdict = verdictOf(suppressions.judged, gaps, policies.score)

  const misfits = [
    ...misnamedDependencies(model.system, configuration),
    ...waiverProblems(
      suppressions,
      configuration.waivers,
      allRules.rules.map(({ id }) => id),
    ),
  ]
  const tool = { ...options.tool, catalogueDigest: catalogue.digest }
  const linesOf = lineReader(files.root)
  const result = buildResult({
    ...inputs,
    misfits: placeMisfits(misfits, options.configuration, files.root),
    linesOf,
    tool,
    subject: options.subject,
    asOf,
    model,
    suppressions,
    recovery,
    score,
    verdict,
  })
  return { result, judged: suppressions.judged, score }
}
