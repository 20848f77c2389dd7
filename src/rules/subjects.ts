/** Everything that rules judge, of all kinds. */
import type { Model } from '../system/model.js'
import type { Subject } from './subject.js'
import { alertSubjects } from './subjects/alerts.js'
import { codeSubjects } from './subjects/code.js'
import { experimentSubjects } from './subjects/experiments.js'
import { routingSubjects } from './subjects/routing.js'
import { systemSubjects } from './subjects/system.js'
import { trafficRuleSubjects } from './subjects/traffic-rules.js'
import { upstreamSubjects } from './subjects/upstreams.js'
import { wiringSubjects } from './subjects/wiring.js'
import { workloadSubjects } from './subjects/workloads.js'

export function subjectsOf(model: Model): Subject[] {
  return [
    ...workloadSubjects(model),
    ...wiringSubjects(model),
    ...trafficRuleSubjects(model),
    ...upstreamSubjects(model),
    ...alertSubjects(model),
    ...routingSubjects(model),
    ...codeSubjects(model),
    ...systemSubjects(model),
    ...experimentSubjects(model),
    ...model.facts.of('suppression').map((suppression): Subject => ({
      kind: 'suppression',
      identity: `${suppression.source.path}#${suppression.rule}#${suppression.reason ?? ''}`,
      label: `ignore of ${suppression.rule}`,
      component: null,
      source: suppression.source,
      at: {},
      ignores: {},
      fields: { rule: suppression.rule, reason: suppression.reason },
    })),
  ]
}
