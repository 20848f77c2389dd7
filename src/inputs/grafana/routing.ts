/**
 * Who is told of the alerts of Grafana: contact points, notification policies and mute timings, which may stand in different
 * files, and the contact point that a rule names itself. Checked in pkg/services/provisioning/alerting of Grafana 12.1.
 */
import type { OwnRoute } from '../../facts/alert.js'
import type { AlertRouting, Channel, Receiver } from '../../facts/routing.js'
import type { Field } from '../field.js'
import { confidential, hostOf, placeIn, readRoute } from '../routing/routing-tree.js'
import { intervalsIn } from '../routing/time-intervals.js'

/** One routing for each policy: of its organisation, with all contact points and mute timings that were read of that. */
export function grafanaRoutings(wholes: Field[]): AlertRouting[] {
  const policies = wholes.flatMap((whole) => whole.get('policies').items())
  return policies.map((policy): AlertRouting => {
    const org = orgOf(policy)
    const root = readRoute(policy)
    const ofOrg = wholes
      .flatMap((whole) => whole.get('contactPoints').items())
      .filter((point) => orgOf(point) === org)
    return {
      fact: 'alert-routing',
      source: root.source,
      object: null,
      isPart: false,
      namespace: null,
      name: null,
      labels: {},
      root,
      receivers: receiversIn(ofOrg),
      inhibitions: [],
      timeIntervals: Object.fromEntries(
        wholes.flatMap(intervalsIn).map(({ name, extent, week }) => [name, { extent, week }]),
      ),
      refusals: [],
      ignores: {},
      grafanaOrg: org,
    }
  })
}

/** Null where the policies decide. The operator writes it in its own spelling. */
export function ownRouteOf(rule: Field): OwnRoute | null {
  const settings = [rule.get('notification_settings'), rule.get('notificationSettings')]
  const written = settings.find(({ exists }) => exists)
  if (!written) return null
  const { source, receiver, groupBy, groupWaitSeconds, groupIntervalSeconds, mutedIn, activeIn } =
    readRoute(written)
  if (receiver === null) return null
  return { source, receiver, groupBy, groupWaitSeconds, groupIntervalSeconds, mutedIn, activeIn }
}

function orgOf(field: Field): string {
  return field.get('orgId').text() ?? '1'
}

/** Several of one name are one. */
function receiversIn(points: Field[]): Receiver[] {
  const receivers = new Map<string, Receiver>()
  for (const point of points) {
    const name = point.get('name').text()
    if (name === null) {
      point.problem('a contact point without a name: name it, or Grafana refuses the file')
      continue
    }
    const channels = point.get('receivers').items().map(channelOf)
    const known = receivers.get(name)
    if (known) known.channels.push(...channels)
    else receivers.set(name, { name, source: confidential(point), channels })
  }
  return [...receivers.values()]
}

function channelOf(receiver: Field): Channel {
  const kind = receiver.get('type').text()?.toLowerCase() ?? ''
  const settings = receiver.get('settings')
  return { kind, host: hostOf(settings), ...(kind === 'webhook' ? placeIn(settings.get('url')) : {}) }
}
