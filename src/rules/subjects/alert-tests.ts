/** Unit tests of alerts as subjects: for each alert and file all that is asked of it. */
import type { AlertTest } from '../../facts/alert-test.js'
import { AlertTests } from '../../system/alerts/alert-tests.js'
import type { Model } from '../../system/model.js'
import type { Subject } from '../subject.js'

export function alertTestSubjects(model: Model): Subject[] {
  const tests = new AlertTests(model.facts, model.runs)
  const byAlert = new Map<string, AlertTest[]>()
  for (const test of model.facts.of('alert-test')) {
    const identity = `${test.source.path}/${test.alert}`
    byAlert.set(identity, [...(byAlert.get(identity) ?? []), test])
  }
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
