/** Everything that rules judge, of all kinds. */
import type { Model } from '../system/model.js'
import type { Subject } from './subject.js'
import { apiObjectSubjects } from './subjects/api-objects.js'
import { alertTestSubjects } from './subjects/alert-tests.js'
import { alertSubjects } from './subjects/alerts.js'
import { codeSubjects } from './subjects/code.js'
import { experimentSubjects } from './subjects/experiments.js'
import { mechanismSubjects } from './subjects/mechanisms.js'
import { routingSubjects } from './subjects/routing.js'
import { suppressionSubjects } from './subjects/suppressions.js'
import { ruleGroupSubjects } from './subjects/rule-groups.js'
import { systemSubjects } from './subjects/system.js'
import { wiringSubjects } from './subjects/wiring.js'
import { workloadSubjects } from './subjects/workloads.js'

export function subjectsOf(model: Model): Subject[] {
  return [
    ...workloadSubjects(model),
    ...wiringSubjects(model),
    ...apiObjectSubjects(model),
    ...alertSubjects(model),
    ...ruleGroupSubjects(model),
    ...alertTestSubjects(model),
    ...routingSubjects(model),
    ...codeSubjects(model),
    ...systemSubjects(model),
    ...mechanismSubjects(model),
    ...experimentSubjects(model),
    ...suppressionSubjects(model),
  ]
}
