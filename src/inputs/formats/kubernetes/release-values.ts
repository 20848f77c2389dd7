/** Objects that install a chart with values of their own: HelmReleases of Flux, Applications of Argo CD. */
import type { AlertRouting } from '../../../facts/routing.js'
import type { Field } from '../../field.js'
import type { Problem } from '../../format.js'
import { holdsRoutingValues, routingInValues } from '../../routing/values-routing.js'
import { documentsWithin } from '../../yaml/embedded.js'
import { manifestObject } from './object.js'

/** The routing of alerts in its values; of the chart itself nothing is known here. */
export function routingInRelease(object: Field, kind: string, problems: Problem[]): AlertRouting[] {
  if (kind !== 'HelmRelease' && kind !== 'Application') return []
  const { name, namespace, ignores } = manifestObject(object, kind)
  const holder = { object: `values of ${kind} ${namespace}/${name}`, ignores }
  return valuesOf(object, kind, problems).flatMap((values) => routingInValues(values, holder))
}

function valuesOf(object: Field, kind: string, problems: Problem[]): Field[] {
  if (kind === 'HelmRelease') return [object.get('spec', 'values')]
  const sources = object.get('spec', 'sources')
  const all = Array.isArray(sources.value) ? sources.items() : [object.get('spec', 'source')]
  return all.flatMap((source) => {
    const text = source.get('helm', 'values')
    const isText = typeof text.value === 'string' && holdsRoutingValues(text.value)
    const within = isText ? documentsWithin(text, text.value as string, problems) : []
    return [source.get('helm', 'valuesObject'), ...within]
  })
}
