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
  const whole: CustomObject = {
    ...manifestObject(object, kind),
    fact: 'custom-object',
    ...(charts.length > 0 && { charts }),
    ...(chartFrom !== null && { chartFrom }),
    ...(command !== null && { renderedBy: command }),
  }
  return [whole, ...labelsOfPods(object, kind).map((labels) => ({ ...whole, labels }))]
}

/** What a bundle of the Operator Lifecycle Manager writes in place of Deployments: their pods are selected by these. */
function labelsOfPods(object: Field, kind: string): Record<string, string>[] {
  if (kind !== 'ClusterServiceVersion') return []
  return object
    .get('spec', 'install', 'spec', 'deployments')
    .items()
    .map((deployment) => deployment.get('spec', 'template', 'metadata', 'labels').texts())
    .filter((labels) => Object.keys(labels).length > 0)
}
