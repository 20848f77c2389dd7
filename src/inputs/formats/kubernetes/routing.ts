/** Objects that hold the routing of alerts: those of the Prometheus operator, and configurations in ConfigMaps and Secrets. */
import type { CustomObject } from '../../../facts/custom-object.js'
import type { AlertmanagerObject, AlertRouting } from '../../../facts/routing.js'
import type { Field } from '../../field.js'
import type { Problem } from '../../format.js'
import { holdsRouting, readRoutingTree } from '../../routing/routing-tree.js'
import { documentsWithin } from '../../yaml/embedded.js'
import { readLabelSelector } from './label-selector.js'
import { manifestObject } from './object.js'

/** Cheap: most values of Secrets are none, and are not decoded. */
const NAMED_SO = /alertmanager.*\.ya?ml/

export function readAlertmanagerConfig(object: Field): AlertRouting[] {
  return readPart(object, 'AlertmanagerConfig')
}

/** In the spelling of Alertmanager itself. */
export function readVmAlertmanagerConfig(object: Field): AlertRouting[] {
  return readPart(object, 'VMAlertmanagerConfig').map((part) => ({ ...part, operator: 'victoriametrics' }))
}

function readPart(object: Field, kind: string): AlertRouting[] {
  const tree = readRoutingTree(object.get('spec'), true)
  if (!tree) return []
  const { name, namespace, labels, ignores } = manifestObject(object, kind)
  return [
    {
      fact: 'alert-routing',
      source: tree.root.source,
      object: `${kind} ${namespace}/${name}`,
      isPart: true,
      namespace: object.get('metadata', 'namespace').text(),
      name,
      labels,
      ...tree,
      ignores,
    },
  ]
}

/** The operator makes its pods. */
export function readAlertmanager(object: Field): (AlertmanagerObject | CustomObject)[] {
  const spec = object.get('spec')
  const identity = manifestObject(object, 'Alertmanager')
  return [
    { ...identity, fact: 'custom-object' },
    {
      ...identity,
      fact: 'alertmanager',
      configSelector: readLabelSelector(spec.get('alertmanagerConfigSelector')),
      namespaceSelector: readLabelSelector(spec.get('alertmanagerConfigNamespaceSelector')),
      strategy: spec.get('alertmanagerConfigMatcherStrategy', 'type').text(),
      configuration: spec.get('alertmanagerConfiguration', 'name').text(),
    },
  ]
}

export function routingInConfigMap(object: Field, problems: Problem[]): AlertRouting[] {
  const texts = object.get('data').entries()
  return texts.flatMap(([key, at]) =>
    routingAt(object, { kind: 'ConfigMap', key, at, text: textOf(at) }, problems),
  )
}

/** Of a Secret nothing is kept but the routing, and nothing is quoted. */
export function routingInSecret(object: Field, problems: Problem[]): AlertRouting[] {
  const plain = object.get('stringData').entries()
  const encoded = object
    .get('data')
    .entries()
    .filter(([key]) => NAMED_SO.test(key))
  const found: Problem[] = []
  const routings = [
    ...plain.flatMap(([key, at]) => routingAt(object, { kind: 'Secret', key, at, text: textOf(at) }, found)),
    ...encoded.flatMap(([key, at]) => {
      const text = Buffer.from(textOf(at), 'base64').toString('utf8')
      return routingAt(object, { kind: 'Secret', key, at, text, isEncoded: true }, found)
    }),
  ]
  problems.push(...found.map((problem) => ({ ...problem, message: UNQUOTED })))
  return routings
}

const UNQUOTED =
  'a field here is not valid for Alertmanager; it is in a Secret and is not quoted: check it with amtool check-config'

function textOf({ value }: Field): string {
  return typeof value === 'string' ? value : ''
}

interface Value {
  kind: 'ConfigMap' | 'Secret'
  key: string
  at: Field
  text: string
  isEncoded?: boolean
}

function routingAt(
  object: Field,
  { kind, key, at, text, isEncoded = false }: Value,
  problems: Problem[],
): AlertRouting[] {
  if (!holdsRouting(text)) return []
  const { name, namespace, ignores } = manifestObject(object, kind)
  const place = {
    object: `${kind} ${namespace}/${name} (${key})`,
    isPart: false,
    namespace: null,
    name: null,
    labels: {},
    ignores,
  }
  return documentsWithin(at, text, problems, isEncoded).flatMap((whole) => {
    const tree = readRoutingTree(whole)
    return tree ? [{ fact: 'alert-routing', source: tree.root.source, ...place, ...tree }] : []
  })
}
