/** Namespaces: what they are labelled with says whether their pods get a proxy. */
import type { Namespace } from '../../../facts/mesh.js'
import type { Field } from '../../field.js'
import { manifestObject, placesOf } from './object.js'

export function readNamespace(object: Field): Namespace[] {
  const metadata = object.get('metadata')
  return [
    {
      ...manifestObject(object, 'Namespace'),
      fact: 'namespace',
      at: placesOf({ labels: metadata.get('labels'), annotations: metadata.get('annotations') }),
      annotations: metadata.get('annotations').texts(),
    },
  ]
}
