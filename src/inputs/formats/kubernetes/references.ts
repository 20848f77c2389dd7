/** ConfigMaps, Secrets and the ServiceAccount that the pods of a workload refer to. */
import type { ObjectReference, ServiceAccount } from '../../../facts/references.js'
import type { Field } from '../../field.js'
import { manifestObject } from './object.js'

type Kind = ObjectReference['kind']

export function readReferences(pod: Field): ObjectReference[] {
  const containers = [...pod.get('containers').items(), ...pod.get('initContainers').items()]
  return [
    ...containers.flatMap((container) => [
      ...container.get('env').items().flatMap(inVariable),
      ...container.get('envFrom').items().flatMap(inEnvFrom),
    ]),
    ...pod.get('volumes').items().flatMap(inVolume),
    ...account(pod),
  ]
}

export function readServiceAccount(object: Field): ServiceAccount[] {
  return [{ ...manifestObject(object, 'ServiceAccount'), fact: 'service-account' }]
}

function inVariable(variable: Field): ObjectReference[] {
  const from = variable.get('valueFrom')
  return [
    ...keysOf('ConfigMap', from.get('configMapKeyRef'), 'name', false),
    ...keysOf('Secret', from.get('secretKeyRef'), 'name', false),
  ]
}

function inEnvFrom(from: Field): ObjectReference[] {
  return [
    ...keysOf('ConfigMap', from.get('configMapRef'), 'name', false),
    ...keysOf('Secret', from.get('secretRef'), 'name', false),
  ]
}

function inVolume(volume: Field): ObjectReference[] {
  const projected = volume.get('projected', 'sources').items()
  return [
    ...keysOf('ConfigMap', volume.get('configMap'), 'name', true),
    ...keysOf('Secret', volume.get('secret'), 'secretName', true),
    ...projected.flatMap((source) => [
      ...keysOf('ConfigMap', source.get('configMap'), 'name', true),
      ...keysOf('Secret', source.get('secret'), 'name', true),
    ]),
  ]
}

/** One for each key that is asked for, in `key` or in `items`; one without a key where all are taken. */
function keysOf(kind: Kind, reference: Field, nameField: string, isMounted: boolean): ObjectReference[] {
  const name = reference.get(nameField).text()
  if (name === null) return []
  const items = reference.get('items').items()
  const keys = items.length > 0 ? items.map((item) => item.get('key')) : [reference.get('key')]
  return keys.map((key) => ({
    kind,
    name,
    key: key.text(),
    isOptional: reference.get('optional').value === true,
    isMounted,
    source: key.exists ? key.source : reference.source,
  }))
}

/** `default` is there in every namespace. */
function account(pod: Field): ObjectReference[] {
  const field = [pod.get('serviceAccountName'), pod.get('serviceAccount')].find(({ exists }) => exists)
  const name = field?.text() ?? 'default'
  return field && name !== '' && name !== 'default'
    ? [{ kind: 'ServiceAccount', name, key: null, isOptional: false, isMounted: false, source: field.source }]
    : []
}
