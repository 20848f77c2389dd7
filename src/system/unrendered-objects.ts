/** Objects of which a tool makes others that are not among the files: nothing of these is assessed, and the report says so. */
import type { CustomObject } from '../facts/custom-object.js'
import type { Facts } from '../facts/fact.js'
import { groupedBy } from '../facts/grouped.js'
import { compareSources, compareText, type Source } from '../facts/source.js'
import { clusterComponents } from '../knowledge/manifests/cluster-components.js'

/** One sentence for all of them; none where there are none. */
export function notRendered(facts: Facts): string[] {
  const counts = [...byKind(facts)].map(([kind, objects]) => {
    const one = kind.slice(kind.indexOf('/') + 1)
    return `${objects.length} ${one}${objects.length === 1 ? '' : 's'}`
  })
  return counts.length === 0 ? [] : [`not assessed: what is installed by ${counts.join(', ')}`]
}

/** By kind, with the command that prints what they install. */
export function listsOfInstallers(facts: Facts): { what: string; places: Source[] }[] {
  const { installers } = clusterComponents()
  return [...byKind(facts)].map(([kind, objects]) => ({
    what: `${kind.slice(kind.indexOf('/') + 1)} objects that install what is not among the files and not assessed: render it with ${installers[kind]!} and analyse the output`,
    places: objects.map(({ source }) => source).sort(compareSources),
  }))
}

function byKind(facts: Facts): [string, CustomObject[]][] {
  const all = facts.of('custom-object').filter(({ renderedBy }) => renderedBy !== undefined)
  const groups = groupedBy(all, ({ apiVersion, kind }) => `${apiVersion.split('/', 1)[0]!}/${kind}`)
  return [...groups].sort(([a], [b]) => compareText(a, b))
}
