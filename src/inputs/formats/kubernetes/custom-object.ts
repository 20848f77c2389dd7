/** Objects of kinds that are not read: by name and labels only, and those that install charts by these. */
import type { CustomObject } from '../../../facts/custom-object.js'
import type { Field } from '../../field.js'
import { chartFromElsewhere, chartsOf, renderingCommand } from './installers.js'
import { manifestObject } from './object.js'

/** API groups of Kubernetes itself have no domain, or one of its own; what they make is known. */
const OWN_GROUP = /^(?:[a-z]+|(?:[a-z0-9.-]+\.)?k8s\.io)$/

export function readCustomObject(object: Field, apiVersion: string, kind: string): CustomObject[] {
  const group = apiVersion.includes('/') ? apiVersion.split('/', 1)[0]! : ''
  if (group === '' || OWN_GROUP.test(group)) return []
  const charts = chartsOf(object, kind)
  const chartFrom = chartFromElsewhere(object, kind)
  const command = renderingCommand(object, kind)
  return [
    {
      ...manifestObject(object, kind),
      fact: 'custom-object',
      ...(charts.length > 0 && { charts }),
      ...(chartFrom !== null && { chartFrom }),
      ...(command !== null && { renderedBy: command }),
    },
  ]
}
