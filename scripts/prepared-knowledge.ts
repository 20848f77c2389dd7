/** Reads all that the tool knows, so that the build can keep it checked and compiled. */
import { loadChainPatterns } from '../src/knowledge/chain-patterns.js'
import { routingFields, ruleFields } from '../src/knowledge/alerts/alerting-fields.js'
import { apiVersions } from '../src/knowledge/manifests/api-versions.js'
import { alertTemplates } from '../src/knowledge/alerts/alert-templates.js'
import { chaosObjects } from '../src/knowledge/chaos-objects.js'
import { claimWords } from '../src/knowledge/claim-words.js'
import { clusterComponents } from '../src/knowledge/manifests/cluster-components.js'
import { clusterDns } from '../src/knowledge/manifests/cluster-dns.js'
import { clusterObjects } from '../src/knowledge/manifests/cluster-objects.js'
import { codeEntries } from '../src/knowledge/code-entries.js'
import { codeRoles } from '../src/knowledge/code-roles.js'
import { codeWords } from '../src/knowledge/code-words.js'
import { databaseLimits } from '../src/knowledge/database-limits.js'
import { commentMarks } from '../src/knowledge/manifests/comment-marks.js'
import { drainRemarks } from '../src/knowledge/manifests/drain-remarks.js'
import { dangerousCommands } from '../src/knowledge/safety/dangerous-commands.js'
import { dormantCode } from '../src/knowledge/dormant-code.js'
import { experimentActions } from '../src/knowledge/experiment-actions.js'
import { experimentTools } from '../src/knowledge/experiment-tools.js'
import { faultVocabulary } from '../src/knowledge/faults.js'
import { futileCommands } from '../src/knowledge/manifests/futile-commands.js'
import { httpStatuses } from '../src/knowledge/http-statuses.js'
import { imageTags } from '../src/knowledge/manifests/image-tags.js'
import { leftOut } from '../src/knowledge/left-out.js'
import { loadLibraries } from '../src/knowledge/libraries.js'
import { grafana } from '../src/knowledge/alerts/grafana.js'
import { metricPatterns } from '../src/knowledge/alerts/metric-patterns.js'
import { meshKnowledge } from '../src/knowledge/manifests/mesh.js'
import { metricValues } from '../src/knowledge/alerts/metric-values.js'
import { singleTries } from '../src/knowledge/single-tries.js'
import { otherKinds } from '../src/knowledge/other-kinds.js'
import { loadPolicies } from '../src/knowledge/policies.js'
import { peerTools } from '../src/knowledge/peer-checks.js'
import { prepare } from '../src/knowledge/prepared.js'
import { queryLanguages } from '../src/knowledge/alerts/query-languages.js'
import { recoveryPolicy } from '../src/knowledge/recovery-policy.js'
import { renderingPolicy } from '../src/knowledge/manifests/rendering.js'
import { ruleObjects } from '../src/knowledge/alerts/rule-objects.js'
import { safetyRules } from '../src/knowledge/safety/safety-rules.js'
import { sharedQuestions } from '../src/knowledge/shared-questions.js'
import { releaseEdits } from '../src/knowledge/manifests/release-edits.js'
import { startWaits } from '../src/knowledge/manifests/start-waits.js'
import { workloadKinds } from '../src/knowledge/manifests/workload-kinds.js'
import { writtenAlertRules } from '../src/knowledge/alerts/written-alerts.js'
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
      apiVersions,
      alertTemplates,
      chaosObjects,
      claimWords,
      clusterComponents,
      clusterDns,
      clusterObjects,
      commentMarks,
      drainRemarks,
      codeEntries,
      codeRoles,
      codeWords,
      databaseLimits,
      dormantCode,
      dangerousCommands,
      experimentActions,
      experimentTools,
      faultVocabulary,
      futileCommands,
      httpStatuses,
      imageTags,
      leftOut,
      grafana,
      metricPatterns,
      singleTries,
      meshKnowledge,
      metricValues,
      otherKinds,
      peerTools,
      queryLanguages,
      recoveryPolicy,
      releaseEdits,
      renderingPolicy,
      ruleObjects,
      routingFields,
      ruleFields,
      safetyRules,
      sharedQuestions,
      startWaits,
      workloadKinds,
      writtenAlertRules,
    ])
      policy()
  })
  return { content, rules }
}
