/** Questions for the review as documents print them: numbered, with what is at stake and where to look, cut to a page or two. */
import type { Question } from '../result-questions.js'
import type { Result } from '../result.js'
import { placeOf } from './findings.js'
import { cut, groupBy } from './lists.js'
import { idRanges, type Names, type Reference } from './names.js'
import { shortSubject } from './short-subject.js'

/** More is no list that a board walks through; `report.json` has all of each. */
const QUESTIONS = 30
const RULES = 5
/** Their titles are in section 2; more than these are told by number. */
const CHAINS_TITLED = 2
const CHAINS = 20
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
  const open = names.chainsOf(chains)
  const { rows, left } = rowsOf(places)
  const isMany = places.length > MANY_PLACES && !everywhere
  return {
    id: `Q${number}`,
    anchor: `q${number}`,
    question,
    severity,
    blocks,
    decides: cut(decides, RULES),
    chains: {
      ...cut(open, open.length > CHAINS_TITLED ? CHAINS : CHAINS_TITLED),
      titled: open.length <= CHAINS_TITLED,
    },
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
  const chains = open.filter(({ title }) => places.some(({ subject }) => subject === title))
  const others = places.filter(({ subject }) => !chains.some(({ title }) => title === subject))
  const subjects = new Set([...chainsNamed(chains), ...others.flatMap((place) => shortest(place) ?? [])])
  return {
    place: places.length === 1 ? placeOf(source) : `${source.path}:${lines.join(', ')}`,
    subjects: cut(
      [...subjects].filter((subject) => subject !== component),
      SUBJECTS,
    ),
  }
}

/** Chains by their numbers. */
function chainsNamed(chains: readonly Reference[]): string[] {
  if (chains.length === 0) return []
  return [`chain${chains.length > 1 ? 's' : ''} ${idRanges(chains.map(({ id }) => id))}`]
}

function shortest({ subject, source }: Place): string | null {
  const short = shortSubject(subject, source)
  return short.symbol ?? short.subject
}
