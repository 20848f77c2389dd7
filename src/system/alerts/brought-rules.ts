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
    const by =
      objects.customs.find(({ charts }) => charts?.includes(chart)) ??
      unread.saying([chart], kinds) ??
      objects.missingCharts.find(({ names }) => names.includes(chart))
    return by ? [`the rules that ${chart} brings (${formatSource(by.source)})`] : []
  })
  const namesCharts = new Set(
    objects.customs.filter(({ charts }) => charts !== undefined).map(({ kind, name }) => `${kind}/${name}`),
  )
  const open = objects.customs.find((object) => hasUnknownChart(object, namesCharts))
  return open
    ? [
        ...known,
        `the rules that the chart of ${open.kind} ${open.name} may bring (${formatSource(open.source)})`,
      ]
    : known
}

/** Its chart is named by an object that is not among the files, or when the object is used. */
function hasUnknownChart({ chartFrom }: CustomObject, namesCharts: Set<string>): boolean {
  if (chartFrom === undefined) return false
  return chartFrom === 'template' || !namesCharts.has(`${chartFrom.kind}/${chartFrom.name}`)
}
