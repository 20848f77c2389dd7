/** Breakers, retries, pools and queues of components as subjects: whether anybody is told of what they hide. */
import { mechanismsIn, type MechanismInUse } from '../../system/mechanisms.js'
import type { Model } from '../../system/model.js'
import type { Subject } from '../subject.js'

export function mechanismSubjects(model: Model): Subject[] {
  const rulesRead = model.facts.of('alert').length
  return mechanismsIn(model).map((mechanism) => mechanismSubject(mechanism, rulesRead))
}

function mechanismSubject(mechanism: MechanismInUse, rulesRead: number): Subject {
  const { kind, title, component, places, alerts, possible, unread } = mechanism
  return {
    kind: 'mechanism',
    identity: `${component.id}#${kind}`,
    label: `${component.name}, ${title}`,
    component: component.id,
    source: places[0]!.source,
    at: {},
    ignores: Object.assign({}, ...component.workloads.map(({ ignores }) => ignores)) as Subject['ignores'],
    fields: {
      kind,
      title,
      component: component.name,
      hasAlerts: component.alerts.some(({ certainty }) => certainty !== 'possible'),
      rulesRead,
      alerts,
      possible,
      unread,
    },
    places: () => places,
  }
}
