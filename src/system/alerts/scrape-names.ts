/** Names that scraping gives to series: those of jobs, and labels that are written beside or by relabelling. */
import type { WrittenLabel } from '../../facts/alert.js'
import type { Facts } from '../../facts/fact.js'
import type { NetworkService, Workload } from '../../facts/kubernetes.js'
import { MONITOR_KINDS, type ScrapeMonitor } from '../../facts/scrape-monitor.js'
import { formatSource } from '../../facts/source.js'
import { clusterComponents } from '../../knowledge/manifests/cluster-components.js'
import type { Manifests } from '../manifests/manifests.js'
import { unreadFile } from '../manifests/unread-templates.js'
import { scrapeTargetsOf } from '../wiring/scrape-targets.js'

/** Kinds of objects whose names, or whose containers' names, are found in series. */
const SCRAPED = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Service',
  ...MONITOR_KINDS,
  'ScrapeConfig',
  'Probe',
]

export class ScrapeNames {
  readonly #names = new Set<string>(clusterComponents().jobs)
  /** By label, why its values are not known: `*` for any. */
  readonly #open = new Map<string, string>()

  constructor(
    facts: Facts,
    private readonly manifests: Manifests,
  ) {
    for (const { name, writes, source } of facts.of('scrape-job')) {
      this.#names.add(name)
      this.#write(writes, `the job ${name} (${formatSource(source)})`)
    }
    for (const monitor of manifests.objects.monitors) this.#read(monitor)
    for (const { kind, name } of manifests.objects.customs)
      for (const made of madeBy(kind, name)) this.#names.add(made)
  }

  has(name: string): boolean {
    return this.#names.has(name)
  }

  /** Why a name may be there after all; null where nothing speaks for it. */
  doubtOf(name: string, label: string): string | null {
    if (clusterComponents().usualJobs.includes(name))
      return `${name} is usually installed separately, to monitor all that runs in a cluster`
    return this.#open.get(label) ?? this.#open.get('*') ?? this.#unrendered()
  }

  /** What it makes is called by values, and so are the jobs that scrape it. */
  #unrendered(): string | null {
    const template = this.manifests.unread.making(SCRAPED)
    return template ? unreadFile(template, 'may create') : null
  }

  #read(monitor: ScrapeMonitor): void {
    const words = `${monitor.kind} ${monitor.name} (${formatSource(monitor.source)})`
    for (const { writes } of monitor.endpoints) this.#write(writes, words)
    const { selected } = scrapeTargetsOf(monitor, this.manifests)
    const asked = monitor.jobLabel === null ? undefined : monitor.selector?.labels[monitor.jobLabel]
    if (asked !== undefined) this.#names.add(asked)
    else if (monitor.job !== 'target' && monitor.jobLabel === null)
      for (const name of this.manifests.kustomizations.namesOf(monitor))
        this.#names.add(monitor.job === 'name' ? name : `${monitor.namespace}/${name}`)
    else if (selected.length === 0)
      this.#leaveOpen('job', `${words} scrapes what is not among the files, and its job is named after that`)
    for (const target of selected) {
      for (const name of this.#jobsAt(target, monitor)) this.#names.add(name)
      // Series have the name of the Service as well, and the names of the pods' containers.
      for (const name of this.manifests.kustomizations.namesOf(target)) this.#names.add(name)
    }
  }

  /** The value of the label, or else the name of the Service. */
  #jobsAt(target: NetworkService | Workload, { jobLabel }: ScrapeMonitor): string[] {
    const labels = target.fact === 'workload' ? target.podLabels : target.labels
    const value = jobLabel === null ? undefined : labels[jobLabel]
    return value === undefined ? [] : [value]
  }

  #write(writes: WrittenLabel[], by: string): void {
    for (const { label, value } of writes)
      if (value === null) this.#leaveOpen(label, `${by} sets ${wordsOf(label)} from what it discovers`)
      else this.#names.add(value)
  }

  #leaveOpen(label: string, why: string): void {
    if (!this.#open.has(label)) this.#open.set(label, why)
  }
}

/** An operator calls the containers after what they run, and Services of its own after the object. */
function madeBy(kind: string, name: string): string[] {
  const { madeContainers } = clusterComponents()
  return Object.hasOwn(madeContainers, kind) ? [name, ...madeContainers[kind]!] : []
}

function wordsOf(label: string): string {
  return label === '*' ? 'labels' : `the label ${label}`
}
