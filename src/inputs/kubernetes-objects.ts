/** The objects of a file of Kubernetes. */
import type { Field } from './field.js'

/** Lists stand inside Lists only when made by a machine, and then once. */
const MAX_LIST_DEPTH = 3
const TYPED_LIST = /^\w+List$/

/** Objects of a List, and of a list of one kind (`ChaosResultList`), are objects of the file. */
export function objectsIn(object: Field, depth = 0): Field[] {
  if (!object.exists) return []
  const kind = object.get('kind').value
  const items = object.get('items')
  const isList =
    kind === 'List' ||
    (items.exists &&
      (object.get('apiVersion').value === 'v1' || (typeof kind === 'string' && TYPED_LIST.test(kind))))
  return isList && depth < MAX_LIST_DEPTH
    ? items.items().flatMap((item) => objectsIn(item, depth + 1))
    : [object]
}
