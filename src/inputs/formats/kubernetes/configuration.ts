/** ConfigMaps, the keys of Secrets, and volume claims. */
import type { ConfigData, VolumeClaim } from '../../../facts/kubernetes.js'
import { clusterObjects } from '../../../knowledge/manifests/cluster-objects.js'
import type { Field } from '../../field.js'
import { manifestObject, placesOf } from './object.js'

export function readConfigMap(object: Field): ConfigData[] {
  const data = object.get('data')
  return [{ ...configData(object, 'ConfigMap', ['data', 'binaryData']), values: data.texts() }]
}

/** Values of Secrets are never kept. */
export function readSecret(object: Field): ConfigData[] {
  return [{ ...configData(object, 'Secret', ['data', 'stringData']), values: {} }]
}

export function readVolumeClaim(object: Field): VolumeClaim[] {
  const accessModes = object.get('spec', 'accessModes')
  return [
    {
      ...manifestObject(object, 'PersistentVolumeClaim'),
      fact: 'volume-claim',
      at: placesOf({ accessModes }),
      accessModes: accessModes.items().flatMap((mode) => mode.text() ?? []),
    },
  ]
}

function configData(object: Field, kind: ConfigData['kind'], parts: string[]): Omit<ConfigData, 'values'> {
  const metadata = object.get('metadata')
  const marks = { ...metadata.get('labels').texts(), ...metadata.get('annotations').texts() }
  const entries = parts.flatMap((part) => object.get(part).entries())
  return {
    ...manifestObject(object, kind),
    fact: 'config-data',
    at: placesOf(Object.fromEntries(entries)),
    keys: [...new Set(entries.map(([key]) => key))].sort(),
    madeBy: null,
    isOpen: clusterObjects().filled.some((mark) => mark in marks),
  }
}
