/** Objects of kinds that are not read: by name and labels only. */
import type { CustomObject } from '../../../facts/custom-object.js'
import type { Field } from '../../field.js'
import { manifestObject } from './object.js'

/** API groups of Kubernetes itself have no domain, or one of its own; what they make is known. */
const OWN_GROUP = /^(?:[a-z]+|(?:[a-z0-9.-]+\.)?k8s\.io)$/

export function readCustomObject(object: Field, apiVersion: string, kind: string): CustomObject[] {
  const group = apiVersion.includes('/') ? apiVersion.split('/', 1)[0]! : ''
  return group === '' || OWN_GROUP.test(group)
    ? []
    : [{ ...manifestObject(object, kind), fact: 'custom-object' }]
}
