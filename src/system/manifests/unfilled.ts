/** Files of manifests that are filled in before they are applied: what will stand there is not known. */
import type { Facts } from '../../facts/fact.js'
import { formatSource } from '../../facts/source.js'
import type { Doubt } from '../reached.js'

export function doubtOfUnfilled(facts: Facts): (path: string) => Doubt | null {
  const unfilled = new Map(facts.of('unfilled-manifest').map((fact) => [fact.source.path, fact]))
  return (path) => {
    const found = unfilled.get(path)
    if (found === undefined) return null
    const reason = `${found.field} is left empty (${formatSource(found.source)}): the manifest is filled in before it is applied`
    return { why: 'unfilled', reason }
  }
}
