/** Unit tests of rules, as `promtool test rules` runs them: they show which alerts were made to fire. */
import { posix } from 'node:path'
import type { AlertTest } from '../../facts/alert-test.js'
import { Field } from '../field.js'
import type { Format, InputFile, Problem, Reading } from '../format.js'
import { describeProblems } from '../problems.js'
import { parseYaml } from '../yaml/parse.js'
import { YAML_FILES } from '../extensions.js'

const RULE_FILES = /^['"]?rule_files['"]?\s*:/m
const TESTS = /^['"]?tests['"]?\s*:/m

const alertTests: Format = {
  name: 'alert-tests',
  title: 'unit tests of Prometheus rules',
  recognises: ({ extension, text }) =>
    YAML_FILES.includes(extension) && TESTS.test(text) && RULE_FILES.test(text),
  read: readTests,
}
export default alertTests

function readTests(file: InputFile): Reading {
  const problems: Problem[] = []
  const documents = parseYaml(file)
  const facts = documents.flatMap((document) => {
    problems.push(...document.problems)
    const whole = Field.of(document, problems)
    const ruleFiles = whole
      .get('rule_files')
      .items()
      .flatMap((field) => field.text() ?? [])
      .map((path) => posix.normalize(posix.join(posix.dirname(file.path), path)))
    return whole
      .get('tests')
      .items()
      .flatMap((test) => testsIn(test, ruleFiles))
  })
  if (documents.every((document) => document.value === null))
    return { facts, problems, failed: describeProblems(problems) }
  return problems.length > 0 ? { facts, problems, partial: describeProblems(problems) } : { facts, problems }
}

function testsIn(test: Field, ruleFiles: string[]): AlertTest[] {
  const title = test.get('name').text()
  return test
    .get('alert_rule_test')
    .items()
    .flatMap((question): AlertTest[] => {
      const alert = question.get('alertname').text()
      if (alert === null) {
        question.problem('an alert_rule_test without alertname: promtool rejects the file')
        return []
      }
      const expected = question.get('exp_alerts').items()
      return [
        {
          fact: 'alert-test',
          source: question.source,
          at: { alertname: question.get('alertname').source },
          title,
          alert,
          atSeconds: question.get('eval_time').seconds(),
          expected: expected.map((one) => one.get('exp_labels').texts()),
          ruleFiles,
        },
      ]
    })
}
