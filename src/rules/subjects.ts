/** Everything that rules judge, of all kinds. */
import { formatSource, type Source } from '../facts/source.js'
import { doubtBeside } from '../system/manifests/examples.js'
import { doubtOfDoubles } from '../system/manifests/test-doubles.js'
import { doubtOfUnfilled } from '../system/manifests/unfilled.js'
import type { Model } from '../system/model.js'
import type { Doubt } from '../system/reached.js'
import type { Subject } from './subject.js'
import { apiObjectSubjects } from './subjects/api-objects.js'
import { alertTestSubjects } from './subjects/alert-tests.js'
import { alertSubjects } from './subjects/alerts.js'
import { codeSubjects } from './subjects/code.js'
import { connectionSubjects } from './subjects/connections.js'
import { experimentSubjects } from './subjects/experiments.js'
import { mechanismSubjects } from './subjects/mechanisms.js'
import { routingSubjects } from './subjects/routing.js'
import { suppressionSubjects } from './subjects/suppressions.js'
import { ruleGroupSubjects } from './subjects/rule-groups.js'
import { monitorSubjects } from './subjects/monitors.js'
import { networkPolicySubjects } from './subjects/network-policies.js'
import { referenceSubjects } from './subjects/references.js'
import { startSubjects } from './subjects/start-order.js'
import { systemSubjects } from './subjects/system.js'
import { trafficRuleSubjects } from './subjects/traffic-rules.js'
import { upstreamSubjects } from './subjects/upstreams.js'
import { wiringSubjects } from './subjects/wiring.js'
import { workloadSubjects } from './subjects/workloads.js'

export function subjectsOf(model: Model): Subject[] {
  return [
    ...manifestSubjects(model),
    ...alertSubjects(model),
    ...ruleGroupSubjects(model),
    ...alertTestSubjects(model),
    ...besideTheSystem(routingSubjects(model), model),
    ...codeSubjects(model),
    ...ofSystem(model),
    ...experimentSubjects(model),
    ...suppressionSubjects(model),
  ]
}

/** What is known of a component from examples only is no part of the system, as far as the files tell. */
function ofSystem(model: Model): Subject[] {
  return besideTheSystem(
    [...systemSubjects(model), ...mechanismSubjects(model), ...connectionSubjects(model)],
    model,
  )
}

/** What stands in a folder of examples, or in one for what was in use before, or in for another in tests, is not judged as if it were deployed. */
function besideTheSystem(subjects: Subject[], model: Model): Subject[] {
  const doubtOf = doubtBeside(model.manifests.objects.workloads)
  const ofUnfilled = doubtOfUnfilled(model.facts)
  const ofDouble = doubtOfDoubles(model.system.components)
  return subjects.map((subject) => {
    const doubt =
      ofUnfilled(subject.source.path) ??
      doubtOf(subject.source.path) ??
      (subject.component === null ? null : ofDouble(subject.component))
    return doubt && !subject.doubt ? { ...subject, doubt } : subject
  })
}

/** A manifest that the kustomization beside it leaves out is not judged as if it were deployed, nor is an example beside others. */
function manifestSubjects(model: Model): Subject[] {
  const subjects = [
    ...workloadSubjects(model),
    ...wiringSubjects(model),
    ...apiObjectSubjects(model),
    ...monitorSubjects(model),
    ...startSubjects(model),
    ...networkPolicySubjects(model),
    ...referenceSubjects(model),
    ...trafficRuleSubjects(model),
    ...upstreamSubjects(model),
  ]
  const listed = subjects.map((subject) => {
    const by = subject.doubt ? null : model.manifests.unlisted.by(subject.source.path)
    return by === null ? subject : { ...subject, doubt: notListed(by) }
  })
  return besideTheSystem(listed, model)
}

function notListed(by: Source): Doubt {
  const reason = `the kustomization beside it (${formatSource(by)}) does not list it: it may not be deployed at all`
  return { why: 'not-listed', reason }
}
