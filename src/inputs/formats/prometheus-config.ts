/** The configuration of Prometheus (prometheus.yml). */
import { Field } from '../field.js'
import type { Format, InputFile, Problem, Reading } from '../format.js'
import { describeProblems } from '../problems.js'
import { holdsScraping, readScraping } from '../scraping/configuration.js'
import { parseYaml } from '../yaml/parse.js'
import { YAML_FILES } from '../extensions.js'

const prometheusConfiguration: Format = {
  name: 'prometheus-config',
  title: 'Prometheus configuration',
  recognises: ({ extension, text }) => YAML_FILES.includes(extension) && holdsScraping(text),
  read: readConfiguration,
}
export default prometheusConfiguration

function readConfiguration(file: InputFile): Reading {
  const problems: Problem[] = []
  const documents = parseYaml(file)
  const facts = documents.flatMap((document) => {
    problems.push(...document.problems)
    return readScraping(Field.of(document, problems))
  })
  if (documents.every((document) => document.value === null))
    return { facts, problems, failed: describeProblems(problems) }
  return problems.length > 0 ? { facts, problems, partial: describeProblems(problems) } : { facts, problems }
}
