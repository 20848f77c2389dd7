/** Questions for the review as documents print them: numbered, with what is at stake and where to look, cut to a page or two. */
import type { Question } from '../result-questions.js'
import type { Result } from '../result.js'
import { placeOf } from './findings.js'
import { cut, groupBy } from './lists.js'
import type { Names } from './names.js'

/** More is no list that a board walks through; `report.json` has all of each. */
const QUESTIONS = 30
const RULES = 5
const CHAINS = 5
const ROWS = 6
const FILES = 4
const SUBJECTS = 3

type Place = Question['places'][number]

export function viewQuestions({ questions, coverage }: Result, names: Names) {
  const all = questions.map((question, index) => viewQuestion(question, index + 1, names))
  return { total: all.length, checks: coverage.checks.unknown, ...cut(all, QUESTIONS) }
}

function viewQuestion(
  { question, severity, blocks, decides, chains, places }: Question,
  number: number,
  names: Names,
) {
  const reasons = new Set(places.map(({ reason }) => reason))
  const rows = groupBy(places, ({ component, reason }) => JSON.stringify([component, reason]))
  const { shown, more } = cut(rows, ROWS)
  return {
    id: `Q${number}`,
    anchor: `q${number}`,
    question,
    severity,
    blocks,
    decides: cut(decides, RULES),
    chains: cut(
      chains.flatMap((id) => names.chain(id) ?? []),
      CHAINS,
    ),
    /** Said once when it is the same everywhere. */
    reason: reasons.size === 1 ? places[0]!.reason : null,
    rows: shown.map(({ items }) => viewRow(items, reasons.size === 1, names)),
    more: more === 0 ? null : { rows: more, places: rows.slice(ROWS).flatMap(({ items }) => items).length },
  }
}

/** Places of one component with one reason, file by file. */
function viewRow(places: Place[], isReasonShared: boolean, names: Names) {
  const [{ component, reason }] = places as [Place]
  const files = groupBy(places, ({ source }) => source.path)
  return {
    component: component === null ? null : names.component(component),
    reason: isReasonShared ? null : reason,
    files: cut(
      files.map(({ items }) => viewFile(items)),
      FILES,
    ),
  }
}

/** `path:12, 40` and what stands there; a place inside a journal stands for itself. */
function viewFile(places: Place[]) {
  const [{ source }] = places as [Place]
  const lines = [...new Set(places.map((place) => place.source.line))].sort((a, b) => a - b)
  const subjects = [...new Set(places.map(({ subject }) => withoutPath(subject, source.path)))]
  return {
    place: places.length === 1 ? placeOf(source) : `${source.path}:${lines.join(', ')}`,
    subjects: cut(subjects, SUBJECTS),
  }
}

/** Things in code are named by their file first, which stands beside them already. */
function withoutPath(subject: string, path: string): string {
  return subject.startsWith(`${path}#`) ? subject.slice(path.length + 1) : subject
}
