/** A comment of people which says that the program in a pod drains by itself before it closes. */
import { drainRemarks } from '../../../knowledge/manifests/drain-remarks.js'
import type { Field } from '../../field.js'

/** The words in it that say so. */
export function drainRemarkIn(template: Field): string | null {
  for (const comment of template.ownComments)
    for (const remark of drainRemarks()) {
      const said = remark.exec(comment)
      if (said) return said[0]
    }
  return null
}
