/** Judged outcomes made by hand. */
import { loadRule } from '../../src/rules/catalogue.js'
import type { Subject } from '../../src/rules/subject.js'
import type { Acceptance } from '../../src/score/acceptance.js'
import type { Judged } from '../../src/score/finding.js'
import { at, policies } from '../system/facts.js'

export type Severity = Judged['rule']['severity']

const RULE = loadRule(
  'rules/some-rule.yaml',
  `id: some-rule
title: Fine
failure: Not fine
pattern: replicas
category: redundancy
severity: high
prevents: A loss.
subject: workload
expect: workload.runsOn
message: It is not fine.
remediation: Mend it.
fault: null
`,
  policies.patterns,
)

export const ACCEPTED: Acceptance = {
  reason: 'weighed',
  owner: 'shop',
  expires: '2027-01-01',
  expired: false,
}
export const EXPIRED: Acceptance = { ...ACCEPTED, expires: '2026-01-01', expired: true }

export interface Wanted {
  outcome?: Judged['outcome']
  severity?: Severity
  category?: string
  name?: string
  rule?: string
  acceptance?: Acceptance | null
  question?: string
  dormant?: boolean
  subject?: Partial<Subject>
}

export function judged(wanted: Wanted = {}): Judged {
  const {
    outcome = 'fail',
    severity = 'high',
    category = 'redundancy',
    name = 'cart',
    rule = 'some-rule',
    acceptance = null,
    question = 'Is it fine?',
  } = wanted
  return {
    others: [],
    rule: { ...RULE, id: rule, severity, category },
    severity,
    dormant: wanted.dormant ?? false,
    subject: {
      kind: 'workload',
      identity: `default/Deployment/${name}`,
      label: `Deployment ${name}`,
      component: name,
      source: at(`k8s/${name}.yaml`, 3),
      at: {},
      fields: {},
      ignores: {},
      ...wanted.subject,
    },
    outcome,
    reason: outcome === 'unknown' ? 'not seen' : null,
    question: outcome === 'unknown' ? question : null,
    source: at(`k8s/${name}.yaml`, 3),
    related: [],
    message: 'It is not fine.',
    fingerprint: `${rule}/${name}`,
    acceptance,
  }
}
