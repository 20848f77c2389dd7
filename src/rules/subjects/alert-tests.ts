/** Unit tests of alerts as subjects: for each alert and file all that is asked of it. */
import { groupedBy } from '../../facts/grouped.js'
import { AlertTests } from '../../system/alerts/alert-tests.js'
import type { Model } from '../../system/model.js'
import type { Subject } from '../subject.js'

export function alertTestSubjects(model: Model): Subject[] {
  const tests = new AlertTests(model.facts, model.runs)
  const byAlert = groupedBy(model.facts.of('alert-test'), ({ source, alert }) => `${source.path}/${alert}`)
  return [...byAlert].map(([identity, asked]): Subject => {
    const [first] = asked
    const { alert, ruleFiles, source, at } = first!
    return {
      kind: 'alerttest',
      identity,
      label: `test of ${alert}`,
      component: null,
      source,
      at,
      ignores: {},
      fields: {
        alert,
        expected: asked.reduce((sum, { expected }) => sum + expected.length, 0),
        ruleFiles,
        unread: tests.unreadOf(first!),
        hasAlert: tests.hasAlertOf(first!),
      },
    }
  })
}
