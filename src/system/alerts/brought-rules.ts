/** Alert rules that are not among the files, because a chart for monitoring brings them along. */
import { formatSource } from '../../facts/source.js'
import { clusterComponents } from '../../knowledge/manifests/cluster-components.js'
import type { Manifests } from '../manifests/manifests.js'

/** In words, each set of rules that watches all scrape targets and was not seen: by the object that installs it, or the template. */
export function broughtRules({ objects, unread }: Manifests): string[] {
  const { ruleCharts, installers } = clusterComponents()
  const kinds = installers.map((installer) => installer.slice(installer.indexOf('/') + 1))
  return ruleCharts.flatMap((chart) => {
    const by = objects.customs.find(({ charts }) => charts?.includes(chart)) ?? unread.saying([chart], kinds)
    return by ? [`the rules that ${chart} brings (${formatSource(by.source)})`] : []
  })
}
