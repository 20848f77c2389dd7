/** Alert rules that are not among the files, because a chart for monitoring brings them along. */
import type { CustomObject } from '../../facts/custom-object.js'
import { formatSource } from '../../facts/source.js'
import { clusterComponents } from '../../knowledge/manifests/cluster-components.js'
import type { Manifests } from '../manifests/manifests.js'

/** In words, each set of rules that watches all scrape targets and was not seen: by the object that installs it, or the template. */
export function broughtRules({ objects, unread }: Manifests): string[] {
  const { ruleCharts, installers } = clusterComponents()
  const kinds = Object.keys(installers).map((installer) => installer.slice(installer.indexOf('/') + 1))
  const known = ruleCharts.flatMap((chart) => {
    const by = objects.customs.find(({ charts }) => charts?.includes(chart)) ?? unread.saying([chart], kinds)
    return by ? [`the rules that ${chart} brings (${formatSource(by.source)})`] : []
  })
  const open = objects.customs.find((object) => hasUnknownChart(object, objects.customs))
  return open
    ? [
        ...known,
        `the rules that the chart of ${open.kind} ${open.name} may bring (${formatSource(open.source)})`,
      ]
    : known
}

/** Its chart is named by an object that is not among the files, or when the object is used. */
function hasUnknownChart({ chartFrom }: CustomObject, customs: CustomObject[]): boolean {
  if (chartFrom === undefined) return false
  if (chartFrom === 'template') return true
  return !customs.some(
    ({ kind, name, charts }) => kind === chartFrom.kind && name === chartFrom.name && charts !== undefined,
  )
}
