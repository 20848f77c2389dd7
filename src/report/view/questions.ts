/** Questions for the review as documents print them: numbered, with what is at stake and where to look, cut to a page or two. */
import type { Question } from '../result-questions.js'
import type { Result } from '../result.js'
import { placeOf } from './findings.js'
import { cut, groupBy } from './lists.js'
import type { Names, Reference } from './names.js'
import { shortSubject } from './short-subject.js'

/** More is no list that a board walks through; `report.json` has all of each. */
const QUESTIONS = 30
const RULES = 5
const CHAINS = 5
const ROWS = 10
const FILES = 8
/** Of a question with more places than a page holds the first files of each component are enough to begin with. */
const MANY_PLACES = 20
const FILES_OF_MANY = 3
const SUBJECTS = 3

type Place = Question['places'][number]

export function viewQuestions({ questions, coverage }: Result, names: Names) {
  const all = questions.map((question, index) => viewQuestion(question, index + 1, names))
  return { total: all.length, checks: coverage.checks.unknown, ...cut(all, QUESTIONS) }
}

function viewQuestion(
  { question, severity, blocks, everywhere, decides, chains, places }: Question,
  number: number,
  names: Names,
) {
  const open = chains.flatMap((id) => names.chain(id) ?? [])
  const { rows, left } = rowsOf(places)
  const isMany = places.length > MANY_PLACES && !everywhere
  return {
    id: `Q${number}`,
    anchor: `q${number}`,
    question,
    severity,
    blocks,
    decides: cut(decides, RULES),
    chains: cut(open, CHAINS),
    everywhere,
    many: isMany ? { places: places.length, components: componentsOf(places) } : null,
    whys: groupBy(rows, ([place]) => place.reason).map(({ key, items }) => ({
      reason: key,
      rows: everywhere ? [] : items.map((row) => viewRow(row, open, names, isMany ? FILES_OF_MANY : FILES)),
    })),
    left: everywhere ? 0 : left,
  }
}

function componentsOf(places: Place[]): number {
  return new Set(places.flatMap(({ component }) => component ?? [])).size
}

type Row = [Place, ...Place[]]

/** Places of one component for one reason are a row; those of one reason follow each other. */
function rowsOf(places: Place[]): { rows: Row[]; left: number } {
  const all = groupBy(places, ({ reason }) => reason).flatMap(({ items }) =>
    groupBy(items, ({ component }) => component ?? '').map((group) => group.items as Row),
  )
  const { shown } = cut(all, ROWS)
  return { rows: shown, left: places.length - shown.flat().length }
}

function viewRow(places: Row, open: readonly Reference[], names: Names, most: number) {
  const [{ component }] = places
  const name = component === null ? null : names.component(component)
  const files = groupBy(places, ({ source }) => source.path).map(({ items }) => items as Row)
  return {
    component: name,
    files: cut(
      files.map((file) => viewFile(file, name, open)),
      most,
    ),
  }
}

/** `path:12, 40` and what stands there, as far as nothing beside it says so already. */
function viewFile(places: Row, component: string | null, open: readonly Reference[]) {
  const [{ source }] = places
  const lines = [...new Set(places.map((place) => place.source.line))].sort((a, b) => a - b)
  const subjects = new Set(places.flatMap((place) => shortest(place, open) ?? []))
  return {
    place: places.length === 1 ? placeOf(source) : `${source.path}:${lines.join(', ')}`,
    subjects: cut(
      [...subjects].filter((subject) => subject !== component),
      SUBJECTS,
    ),
  }
}

/** A chain by its number. */
function shortest({ subject, source }: Place, open: readonly Reference[]): string | null {
  const chain = open.find(({ title }) => title === subject)
  if (chain) return chain.id
  const short = shortSubject(subject, source)
  return short.symbol ?? short.subject
}
