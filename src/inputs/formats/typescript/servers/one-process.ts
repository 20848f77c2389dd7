/** Servers that one process starts: what its end does to them is told once. */
import type { Practice } from '../../../../facts/code.js'
import type { Survey } from '../survey/survey.js'

const IN_PROCESS = 'another server of the same process'

/** Of several servers of a package that nothing ends, the first of each process, with the others beside it. */
export function oncePerProcess(survey: Survey, judged: Practice[]): Practice[] {
  const told: Practice[] = []
  for (const practice of judged) {
    const first = told.find((one) => isToldWith(survey, one, practice))
    if (first) first.related = [...first.related, { source: practice.source, message: IN_PROCESS }]
    else told.push({ ...practice })
  }
  return told
}

/** The same is said of both, and at most one of their modules is what a process is started with. */
function isToldWith(survey: Survey, one: Practice, other: Practice): boolean {
  if (one.state !== 'absent' || other.state !== 'absent') return false
  if (one.package !== other.package || one.detail !== other.detail) return false
  if (one.source.path === other.source.path) return true
  const reached = survey.uncalled?.mentions.reached
  return (
    reached !== undefined && !(reached.isEntered(one.source.path) && reached.isEntered(other.source.path))
  )
}
