/** ServiceMonitors, PodMonitors and their like as subjects, with the alerts that have nothing to look at where they scrape nobody. */
import { labelPattern } from '../../facts/label-pattern.js'
import type { ScrapeMonitor } from '../../facts/scrape-monitor.js'
import { formatSource } from '../../facts/source.js'
import type { Component } from '../../system/component.js'
import type { Model } from '../../system/model.js'
import { patch } from '../../system/manifests/overrides.js'
import { podMakerFor } from '../../system/wiring/pod-makers.js'
import { scrapeTargetsOf, type ScrapeTargets } from '../../system/wiring/scrape-targets.js'
import type { Subject } from '../subject.js'
import { objectSubject } from './object.js'

export function monitorSubjects(model: Model): Subject[] {
  return model.manifests.objects.monitors.map((monitor) => monitorSubject(monitor, model))
}

function monitorSubject(monitor: ScrapeMonitor, { manifests, system }: Model): Subject {
  const targets = scrapeTargetsOf(monitor, manifests)
  const [first] = targets.portless
  const components = componentsOf(targets, system.components)
  const { services, workloads, monitors } = manifests.objects.fragments
  const names = [...targets.selected, ...targets.meant].map((target) => target.name)
  const patches = [
    ...monitors.filter(({ kind, name }) => kind === monitor.kind && isNamed(name, [monitor.name])),
    ...(monitor.selects === 'pods' ? workloads : services).filter(({ name }) => isNamed(name, names)),
  ]
  const place = first?.source ?? monitor.at['selector']
  return {
    ...objectSubject('scrapemonitor', monitor, components[0], manifests),
    at: { ...monitor.at, ...(place && { target: place }) },
    decidedElsewhere: patches[0] ? { target: patch(patches[0].source) } : {},
    fields: {
      name: monitor.name,
      kind: monitor.kind,
      selects: targets.selected.map(({ name }) => name),
      meant: targets.meant.map(wordsOf),
      podMaker: podMakerFor(monitor.selector, monitor, manifests),
      selected: targets.selected.map(wordsOf),
      isPartly: targets.portless.length < monitor.endpoints.length,
      missingPorts: targets.portless.map(({ port }) => port ?? ''),
      alerts: [
        ...new Set(
          components.flatMap(({ alerts }) =>
            alerts.filter(({ certainty }) => certainty === 'named').map(({ alert }) => alert.name),
          ),
        ),
      ].sort(),
    },
  }
}

/** A patch's target may be a pattern of names. */
function isNamed(target: string, names: string[]): boolean {
  return names.some((name) => name === target || (target !== '' && (labelPattern(target)?.(name) ?? false)))
}

function wordsOf({ kind, name, source }: ScrapeTargets['selected'][number]): string {
  return `${kind} ${name} (${formatSource(source)})`
}

function componentsOf({ selected, meant }: ScrapeTargets, components: Component[]): Component[] {
  const targets = [...selected, ...meant]
  return components.filter(({ services, workloads }) =>
    [...services, ...workloads].some((object) => targets.includes(object)),
  )
}
