/** The configuration of Prometheus (prometheus.yml): which jobs it scrapes, how often, and how it changes alerts. */
import type { ScrapeDefaults, ScrapeJob } from '../../facts/alert.js'
import type { AlertRelabelling, RelabelStep } from '../../facts/alert-relabelling.js'
import { Field } from '../field.js'
import type { Format, InputFile, Problem, Reading } from '../format.js'
import { describeProblems } from '../problems.js'
import type { YamlDocument } from '../yaml/document.js'
import { parseYaml } from '../yaml/parse.js'

/** At the top: collectors and agents of other makers hold the same key deeper down. */
const SCRAPE_CONFIGS = /^['"]?scrape_configs['"]?\s*:/m
const JOB = /^[ \t]*(?:-[ \t]+)?(?:\{[ \t]*)?['"]?job_name['"]?\s*:/m
/** Promtail collects logs by jobs of its own, under the same key. */
const PROMTAIL = /^['"]?(clients|positions)['"]?\s*:/m
const EXTENSIONS = new Set(['.yaml', '.yml'])

const prometheusConfiguration: Format = {
  name: 'prometheus-config',
  title: 'Prometheus configuration',
  recognises: ({ extension, text }) =>
    EXTENSIONS.has(extension) && SCRAPE_CONFIGS.test(text) && JOB.test(text) && !PROMTAIL.test(text),
  read: readConfiguration,
}
export default prometheusConfiguration

function readConfiguration(file: InputFile): Reading {
  const problems: Problem[] = []
  const documents = parseYaml(file)
  const facts = documents.flatMap((document) => readDocument(document, problems))
  if (documents.every((document) => document.value === null))
    return { facts, problems, failed: describeProblems(problems) }
  return problems.length > 0 ? { facts, problems, partial: describeProblems(problems) } : { facts, problems }
}

function readDocument(
  document: YamlDocument,
  problems: Problem[],
): (ScrapeJob | ScrapeDefaults | AlertRelabelling)[] {
  problems.push(...document.problems)
  const whole = Field.of(document, problems)
  const jobs = whole.get('scrape_configs').items().flatMap(readJob)
  const global = whole.get('global')
  const defaults = global.exists ? [readDefaults(global)] : []
  return [...jobs, ...defaults, ...readRelabelling(whole.get('alerting', 'alert_relabel_configs'))]
}

function readDefaults(global: Field): ScrapeDefaults {
  return {
    fact: 'scrape-defaults',
    source: global.source,
    scrapeIntervalSeconds: global.get('scrape_interval').seconds(),
    evaluationIntervalSeconds: global.get('evaluation_interval').seconds(),
    externalLabels: Object.keys(global.get('external_labels').texts()).sort(),
  }
}

function readJob(job: Field): ScrapeJob[] {
  const name = job.get('job_name').text()
  if (name === null) {
    job.problem('a scrape configuration without job_name: name it, or Prometheus refuses the file')
    return []
  }
  const scrapeIntervalSeconds = job.get('scrape_interval').seconds()
  return [{ fact: 'scrape-job', source: job.source, name, scrapeIntervalSeconds }]
}

function readRelabelling(list: Field): AlertRelabelling[] {
  const steps = list.items().map(readStep)
  return steps.length > 0 ? [{ fact: 'alert-relabelling', source: list.source, steps }] : []
}

/** Without a regex it matches anything, and without a separator it joins by semicolons. */
function readStep(step: Field): RelabelStep {
  return {
    source: step.source,
    action: step.get('action').text()?.toLowerCase() ?? 'replace',
    labels: step
      .get('source_labels')
      .items()
      .flatMap((label) => label.text() ?? []),
    separator: step.get('separator').text() ?? ';',
    pattern: step.get('regex').text() ?? '(.*)',
    target: step.get('target_label').text(),
  }
}
