/** Objects that Helm runs at one moment and removes. */
import type { Field } from '../../field.js'

const HOOK = 'helm.sh/hook'
const TEST = /^test(-success|-failure)?$/

/** Run by `helm test` only, beside the system: it is no part of it. Other hooks are the jobs that they say they are. */
export function isTestHook(object: Field): boolean {
  const annotation = object.get('metadata', 'annotations', HOOK)
  const text = typeof annotation.value === 'string' ? annotation.value : ''
  const moments = text.split(',').flatMap((moment) => moment.trim() || [])
  return moments.length > 0 && moments.every((moment) => TEST.test(moment))
}
