/** Reads all that the tool knows, so that the build can keep it checked and compiled. */
import { loadChainPatterns } from '../src/knowledge/chain-patterns.js'
import { codeEntries } from '../src/knowledge/code-entries.js'
import { codeRoles } from '../src/knowledge/code-roles.js'
import { codeWords } from '../src/knowledge/code-words.js'
import { experimentActions } from '../src/knowledge/experiment-actions.js'
import { faultVocabulary } from '../src/knowledge/faults.js'
import { httpStatuses } from '../src/knowledge/http-statuses.js'
import { leftOut } from '../src/knowledge/left-out.js'
import { loadLibraries } from '../src/knowledge/libraries.js'
import { metricValues } from '../src/knowledge/metric-values.js'
import { otherKinds } from '../src/knowledge/other-kinds.js'
import { loadPolicies } from '../src/knowledge/policies.js'
import { prepare } from '../src/knowledge/prepared.js'
import { recoveryPolicy } from '../src/knowledge/recovery-policy.js'
import { renderingPolicy } from '../src/knowledge/rendering.js'
import { sharedQuestions } from '../src/knowledge/shared-questions.js'
import { workloadKinds } from '../src/knowledge/workload-kinds.js'
import { loadCatalogue } from '../src/rules/catalogue.js'
import type { Rule } from '../src/rules/rule.js'

/** What is to be written as PREPARED, and the rules of it. */
export function preparedKnowledge(): { content: Buffer; rules: Rule[] } {
  let rules: Rule[] = []
  const content = prepare(() => {
    rules = loadCatalogue(loadPolicies().patterns).rules
    loadLibraries()
    loadChainPatterns()
    for (const policy of [
      codeEntries,
      codeRoles,
      codeWords,
      experimentActions,
      faultVocabulary,
      httpStatuses,
      leftOut,
      metricValues,
      otherKinds,
      recoveryPolicy,
      renderingPolicy,
      sharedQuestions,
      workloadKinds,
    ])
      policy()
  })
  return { content, rules }
}
