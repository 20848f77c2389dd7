/** The program, in the order the data flows: inputs, facts, system, rules, statistics, score, report. */
import { loadChainPatterns } from './knowledge/chain-patterns.js'
import { loadLibraries } from './knowledge/libraries.js'
import { loadPolicies } from './knowledge/policies.js'
import { recoveryPolicy } from './knowledge/recovery-policy.js'
import { discover } from './inputs/discover.js'
import { requireEvidence, unreadInputs } from './inputs/evidence.js'
import { lineReader } from './inputs/line-reader.js'
import { readInputs } from './inputs/read.js'
import { evidenceKinds } from './system/evidence-kinds.js'
import { buildModel } from './system/model.js'
import { loadCatalogue } from './rules/catalogue.js'
import { evaluate } from './rules/evaluate.js'
import { summariseRecovery } from './statistics/recovery.js'
import { acceptRisks } from './score/finding.js'
import { ignoreComments } from './score/ignore-comments.js'
import { scoreOf } from './score/score.js'
import { verdictOf } from './score/verdict.js'
import { buildResult } from './report/build.js'
import type { Analysis, AnalysisOptions } from './analysis.js'

/** Throws a UserError for a bad rule, before anything is read, and when the paths hold no evidence at all. */
export async function analyze(options: AnalysisOptions): Promise<Analysis> {
  const { configuration, ruleFolders, asOf, onProgress } = options
  const policies = loadPolicies()
  const catalogue = loadCatalogue(policies.patterns, ruleFolders, configuration.rules)
  const [libraries, chainPatterns] = [loadLibraries(ruleFolders), loadChainPatterns(ruleFolders)]

  onProgress('looking for evidence')
  const files = discover(options.paths, configuration)
  onProgress(`reading ${files.files.length} files`)
  const inputs = await readInputs(files, { libraries, prefilter: options.prefilter })

  await requireEvidence(inputs, options.paths)

  onProgress('joining the evidence')
  const model = buildModel(inputs.facts, { configuration, policies, chainPatterns, asOf })
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

  const tool = { ...options.tool, catalogueDigest: catalogue.digest }
  const linesOf = lineReader(files.root)
  const result = buildResult({
    ...inputs,
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
