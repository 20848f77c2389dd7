/** Breakers, retries, pools and queues of components as subjects: whether anybody is told of what they hide. */
import { formatSource } from '../../facts/source.js'
import { mechanismsIn, type MechanismInUse } from '../../system/mechanisms.js'
import type { Model } from '../../system/model.js'
import type { Subject } from '../subject.js'

export function mechanismSubjects(model: Model): Subject[] {
  const anyAlerts = model.facts.of('alert').length > 0
  return mechanismsIn(model).map((mechanism) => mechanismSubject(mechanism, anyAlerts))
}

function mechanismSubject(mechanism: MechanismInUse, anyAlerts: boolean): Subject {
  const { kind, title, component, places, alerts, possible, unread } = mechanism
  const speaking = component.alerts.filter(({ certainty }) => certainty !== 'possible')
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
      where: formatSource(places[0]!.source),
      more: places.length - 1,
      componentAlerts: new Set(speaking.map(({ alert }) => alert.name)).size,
      anyAlerts,
      alerts,
      possible,
      unread,
    },
    places: () => places,
  }
}
