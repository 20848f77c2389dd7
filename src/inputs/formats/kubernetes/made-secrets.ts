/** Objects of which a controller makes a Secret: its name and keys, as far as they are written. */
import type { ConfigData } from '../../../facts/kubernetes.js'
import type { Field } from '../../field.js'
import { manifestObject } from './object.js'

/** `keys` are null where more may come than is written. */
interface Made {
  name: string | null
  keys: string[]
  isOpen: boolean
}

/** external-secrets.io: `target.name`, by default its own; `dataFrom` brings what the store holds. */
export function readExternalSecret(object: Field): ConfigData[] {
  const spec = object.get('spec')
  const data = spec.get('data').items()
  return made(object, 'ExternalSecret', {
    name: spec.get('target', 'name').text() ?? object.get('metadata', 'name').text(),
    keys: data.flatMap((entry) => entry.get('secretKey').text() ?? []),
    isOpen: spec.get('dataFrom').exists || spec.get('target', 'template').exists,
  })
}

/** bitnami.com. */
export function readSealedSecret(object: Field): ConfigData[] {
  const template = object.get('spec', 'template')
  return made(object, 'SealedSecret', {
    name: template.get('metadata', 'name').text() ?? object.get('metadata', 'name').text(),
    keys: Object.keys(
      Object.fromEntries([
        ...object.get('spec', 'encryptedData').entries(),
        ...template.get('data').entries(),
      ]),
    ),
    isOpen: false,
  })
}

/** cert-manager.io. */
export function readCertificate(object: Field): ConfigData[] {
  return made(object, 'Certificate', {
    name: object.get('spec', 'secretName').text(),
    keys: ['ca.crt', 'tls.crt', 'tls.key'],
    isOpen: true,
  })
}

/** secrets-store.csi.x-k8s.io: Secrets that it syncs what it mounts to. */
export function readSecretProvider(object: Field): ConfigData[] {
  return object
    .get('spec', 'secretObjects')
    .items()
    .flatMap((secret) =>
      made(object, 'SecretProviderClass', {
        name: secret.get('secretName').text(),
        keys: secret
          .get('data')
          .items()
          .flatMap((entry) => entry.get('key').text() ?? []),
        isOpen: false,
      }),
    )
}

function made(object: Field, by: string, { name, keys, isOpen }: Made): ConfigData[] {
  if (name === null) return []
  const maker = manifestObject(object, 'Secret')
  return [
    {
      ...maker,
      id: `${maker.namespace}/Secret/${name}`,
      name,
      fact: 'config-data',
      keys: [...new Set(keys)].sort(),
      values: {},
      madeBy: `${by} ${maker.name}`,
      isOpen,
    },
  ]
}
