/** Comments of people which say that the program in a pod drains by itself before it closes. */
import { drainRemarks } from '../knowledge/manifests/drain-remarks.js'

/** The words in one of them that say so. */
export function drainRemarkIn(comments: string[]): string | null {
  for (const comment of comments)
    for (const remark of drainRemarks()) {
      const said = remark.exec(comment)
      if (said) return said[0]
    }
  return null
}
