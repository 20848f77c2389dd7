/** What each kind of evidence contributed; of an absent kind no statement can be made. */
import type { AlertRule } from '../facts/alert.js'
import type { OtherRole, UncalledCode } from '../facts/code.js'
import type { Facts } from '../facts/fact.js'
import { groupedBy } from '../facts/grouped.js'
import { compareSources, compareText, type Source } from '../facts/source.js'
import type { System } from './component.js'
import type { Model } from './model.js'
import type { Notification } from './alerts/notification.js'
import { reachedIn } from './reached.js'
import { listsOfInstallers, notRendered } from './unrendered-objects.js'

export interface EvidenceKind {
  kind: 'code' | 'manifests' | 'alert rules' | 'experiments'
  present: boolean
  detail: string
  /** The places behind figures that no other part of the result leads to. */
  lists: { what: string; places: Source[] }[]
}

/** What modules are for that are not judged, as the report says it. */
const OTHER_CODE: Record<OtherRole, string> = {
  browser: 'of a user interface',
  command: 'of tools',
  configuration: 'of configuration',
  example: 'of examples',
  migration: 'of migrations',
  script: 'of scripts',
  tests: 'of tests',
  build: 'of building',
}

export function evidenceKinds({ facts, runs, system, watch }: Model): EvidenceKind[] {
  const number = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
  const clients = facts.of('client').filter(reachedIn(facts))
  const unreached = facts.of('unreached-module').filter(({ why }) => why === 'no-entry').length
  const onlyComponents = facts.of('unreached-module').filter(({ why }) => why === 'components-only').length
  const published = facts.of('unreached-module').length - unreached - onlyComponents
  const calledBy = (wanted: UncalledCode['why']): number =>
    facts.of('uncalled-code').filter(({ why }) => why === wanted).length
  const [uncalled, forUsers, forBrowsers] = [
    calledBy('no-caller'),
    calledBy('for-users'),
    calledBy('browser-only'),
  ]
  const workloads = facts.of('workload').filter((workload) => !workload.fragment)
  const [alerts, experiments] = [facts.of('alert'), facts.of('experiment')]
  const tests = facts.of('alert-test').length
  const loads = facts.of('load-result').length
  const series = facts.of('service-samples').length
  const observed = runs.filter((run) => typeof run.observedBy === 'string').length
  const valid = runs.filter((run) => run.grade === 'valid').length
  const unresolved = new Set(system.unresolved.map(({ client }) => client)).size
  return [
    {
      kind: 'code',
      present: facts.of('package').length + clients.length > 0,
      detail: [
        `${number(facts.of('package').length, 'package')}, ${number(clients.length, 'outbound client')}`,
        unresolved > 0 && `the targets of ${unresolved} are not known, so they take part in no chain`,
        unreached > 0 &&
          `${number(unreached, 'module')} judged as written only: no entry of the package imports ${unreached === 1 ? 'it' : 'them'}`,
        onlyComponents > 0 &&
          `${number(onlyComponents, 'module')} not judged: only components import ${onlyComponents === 1 ? 'it' : 'them'}, which browser and server both render`,
        uncalled > 0 &&
          `${number(uncalled, 'declaration')} judged as written only: outside tests, nothing in this system calls ${uncalled === 1 ? 'it' : 'them'}`,
        published + forUsers > 0 &&
          `${number(published, 'module')} and ${number(forUsers, 'declaration')} judged as written only: they are published for users of their packages`,
        forBrowsers > 0 &&
          `${number(forBrowsers, 'declaration')} not judged: only code of a user interface calls ${forBrowsers === 1 ? 'it' : 'them'}`,
        ...otherCode(facts),
      ]
        .filter(Boolean)
        .join('; '),
      lists: listsOfCode(facts, system),
    },
    {
      kind: 'manifests',
      present: workloads.length > 0,
      detail: [
        `${number(workloads.length, 'workload')}, ${number(facts.of('service').length, 'Service')}`,
        ...notRendered(facts),
      ].join('; '),
      lists: listsOfInstallers(facts),
    },
    {
      kind: 'alert rules',
      present: alerts.length > 0,
      detail: [
        number(alerts.length, 'alert'),
        watch.unanalysed.length > 0 &&
          `of ${watch.unanalysed.length} the expression was not analysed, so that it is not known what they look at`,
        tests > 0 && number(tests, 'test of alerts'),
        routingRead(watch.notification),
        withoutRouting(alerts, watch.notification),
      ]
        .filter(Boolean)
        .join('; '),
      lists: listsOfAlerts(watch),
    },
    {
      kind: 'experiments',
      present: experiments.length + runs.length > 0,
      detail: [
        `${number(experiments.length, 'definition')}, ${number(runs.length, 'run')}, of which ${valid} graded valid`,
        loads > 0 && `${number(loads, 'load test')} beside them, without a fault`,
        series > 0 && `${series} series of samples, which decide the recovery of ${number(observed, 'run')}`,
      ]
        .filter(Boolean)
        .join('; '),
      lists: [],
    },
  ]
}

function routingRead({ routings }: Notification): string {
  if (routings.length === 0) return 'no alert routing was read, so whether anyone is notified is not known'
  const receivers = routings.flatMap((routing) => routing.receivers)
  const mute = receivers.filter(({ channels }) => channels.length === 0).length
  const trees = routings.length === 1 ? '1 tree of routes' : `${routings.length} trees of routes`
  const told = `${receivers.length} receiver${receivers.length === 1 ? '' : 's'}`
  return `${trees} to ${told}${mute > 0 ? `, of which ${mute} without a channel` : ''}`
}

/** Prometheus and Grafana route their alerts each by itself. */
function withoutRouting(alerts: AlertRule[], notification: Notification): string | null {
  const open = alerts.filter((alert) => !notification.knows(alert)).length
  if (notification.routings.length === 0 || open === 0) return null
  return `no routing of ${open} of the alerts was read, so whether anybody is notified of them is not known`
}

function listsOfAlerts({ unanalysed }: Model['watch']): EvidenceKind['lists'] {
  const reasons = [...groupedBy(unanalysed, ({ query }) => query.syntaxError?.message ?? '')]
  return reasons
    .sort(([a], [b]) => compareText(a, b))
    .map(([why, alerts]) => ({
      what: `alerts not analysed: ${why}`,
      places: alerts.map(({ at, source }) => at.expr ?? source).sort(compareSources),
    }))
}

function listsOfCode(facts: Facts, system: System): EvidenceKind['lists'] {
  const list = (what: string, places: Source[]): EvidenceKind['lists'] =>
    places.length === 0 ? [] : [{ what, places: [...places].sort(compareSources) }]
  const unresolved = [...new Set(system.unresolved.map(({ client }) => client))]
  return [
    ...list(
      'outbound clients whose targets are not known',
      unresolved.map(({ source }) => source),
    ),
    ...list(
      'modules that no entry reaches, judged as written or not at all',
      facts.of('unreached-module').map(({ source }) => source),
    ),
    ...list(
      'functions, classes and methods that nothing calls, judged as written or not at all',
      facts.of('uncalled-code').map(({ source }) => source),
    ),
    ...list(
      'modules not judged because they are no part of a service',
      facts.of('other-module').map(({ source }) => source),
    ),
  ]
}

function otherCode(facts: Facts): string[] {
  const roles = facts.of('other-module').map(({ role }) => role)
  if (roles.length === 0) return []
  const counts = (Object.keys(OTHER_CODE) as OtherRole[]).flatMap((role) => {
    const count = roles.filter((other) => other === role).length
    return count === 0 ? [] : [`${count} ${OTHER_CODE[role]}`]
  })
  return [
    `not judged, because ${roles.length === 1 ? 'it is' : 'they are'} no part of a service: modules ${counts.join(', ')}`,
  ]
}
