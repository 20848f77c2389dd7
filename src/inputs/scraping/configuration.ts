/** The configuration of Prometheus, of a file or inside of an object: which jobs it scrapes, how often, and how it changes alerts. */
import type { ScrapeDefaults, ScrapeJob } from '../../facts/alert.js'
import type { AlertRelabelling } from '../../facts/alert-relabelling.js'
import type { Field } from '../field.js'
import { writtenBesides, writtenByRelabelling } from './labels.js'
import { readRelabelStep } from './relabelling.js'

/** At the top: collectors and agents of other makers hold the same key deeper down. */
const SCRAPE_CONFIGS = /^['"]?scrape_configs['"]?\s*:/m
const JOB = /^[ \t]*(?:-[ \t]+)?(?:\{[ \t]*)?['"]?job_name['"]?\s*:/m
/** Promtail collects logs by jobs of its own, under the same key. */
const PROMTAIL = /^['"]?(clients|positions)['"]?\s*:/m

export function holdsScraping(text: string): boolean {
  return SCRAPE_CONFIGS.test(text) && JOB.test(text) && !PROMTAIL.test(text)
}

export function readScraping(whole: Field): (ScrapeJob | ScrapeDefaults | AlertRelabelling)[] {
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
    job.problem('a scrape configuration without job_name: name it, or Prometheus rejects the file')
    return []
  }
  const scrapeIntervalSeconds = job.get('scrape_interval').seconds()
  const writes = [
    ...writtenByRelabelling(job.get('relabel_configs')),
    ...job
      .get('static_configs')
      .items()
      .flatMap((targets) => writtenBesides(targets.get('labels'))),
  ]
  return [{ fact: 'scrape-job', source: job.source, name, scrapeIntervalSeconds, writes }]
}

function readRelabelling(list: Field): AlertRelabelling[] {
  const steps = list.items().map(readRelabelStep)
  return steps.length > 0 ? [{ fact: 'alert-relabelling', source: list.source, steps }] : []
}
