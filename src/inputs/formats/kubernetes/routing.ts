/** Objects that hold the routing of alerts: those of the Prometheus operator, and configurations in ConfigMaps and Secrets. */
import type { AlertRouting, AlertmanagerObject } from '../../../facts/routing.js'
import type { Field } from '../../field.js'
import type { Problem } from '../../format.js'
import { holdsRouting, readRoutingTree } from '../../routing/routing-tree.js'
import { documentsWithin } from '../../yaml/embedded.js'
import { manifestObject } from './object.js'

/** Cheap: most values of Secrets are none, and are not decoded. */
const NAMED_SO = /alertmanager.*\.ya?ml/

export function readAlertmanagerConfig(object: Field): AlertRouting[] {
  const tree = readRoutingTree(object.get('spec'))
  if (!tree) return []
  const { name, namespace, ignores } = manifestObject(object, 'AlertmanagerConfig')
  const { source } = object.get('spec', 'route')
  const named = `AlertmanagerConfig ${namespace}/${name}`
  return [{ fact: 'alert-routing', source, object: named, namespace, ...tree, ignores }]
}

export function readAlertmanager(object: Field): AlertmanagerObject[] {
  const { source, namespace } = manifestObject(object, 'Alertmanager')
  const spec = object.get('spec')
  return [
    {
      fact: 'alertmanager',
      source,
      namespace,
      matcherStrategy: spec.get('alertmanagerConfigMatcherStrategy', 'type').text(),
      wholeConfiguration: spec.get('alertmanagerConfiguration', 'name').text(),
    },
  ]
}

export function routingInConfigMap(object: Field, problems: Problem[]): AlertRouting[] {
  const texts = object.get('data').entries()
  return texts.flatMap(([, at]) => routingAt(object, 'ConfigMap', at, textOf(at), problems))
}

/** Of a Secret nothing is kept but the routing. */
export function routingInSecret(object: Field, problems: Problem[]): AlertRouting[] {
  const plain = object.get('stringData').entries()
  const encoded = object
    .get('data')
    .entries()
    .filter(([key]) => NAMED_SO.test(key))
  const decoded = (at: Field): string => Buffer.from(textOf(at), 'base64').toString('utf8')
  return [
    ...plain.flatMap(([, at]) => routingAt(object, 'Secret', at, textOf(at), problems)),
    ...encoded.flatMap(([, at]) => routingAt(object, 'Secret', at, decoded(at), problems, true)),
  ]
}

function textOf({ value }: Field): string {
  return typeof value === 'string' ? value : ''
}

function routingAt(
  object: Field,
  kind: 'ConfigMap' | 'Secret',
  at: Field,
  text: string,
  problems: Problem[],
  isEncoded = false,
): AlertRouting[] {
  if (!holdsRouting(text)) return []
  const { name, namespace, ignores } = manifestObject(object, kind)
  return documentsWithin(at, text, problems, isEncoded).flatMap((whole) => {
    const tree = readRoutingTree(whole)
    const { source } = whole.get('route')
    const holder = `${kind} ${namespace}/${name}`
    return tree ? [{ fact: 'alert-routing', source, object: holder, namespace: null, ...tree, ignores }] : []
  })
}
