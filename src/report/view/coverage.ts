/** What the report could and could not see. */
import { compareText } from '../../facts/source.js'
import type { Result } from '../result.js'
import { percent } from './figures.js'
import { placeOf } from './findings.js'
import { cut, groupBy, largestFirst } from './lists.js'

const PLACES = 6
/** The reason tells what kind of files they are. */
const UNREAD_PLACES = 3
const GROUPS = 40
const PROBLEMS = 60
const INPUTS = 200
const DIGEST_LENGTH = 16

export function viewCoverage(result: Result) {
  const { files, checks, ratio, evidence, leftOut, rendered } = result.coverage
  const unread = result.inputs.filter((input) => input.status !== 'parsed')
  return {
    files,
    checks,
    answered: checks.pass + checks.fail,
    applicable: checks.pass + checks.fail + checks.unknown + checks.error,
    ratio: percent(ratio),
    evidence,
    lists: evidence.flatMap(({ lists }) =>
      lists.map(({ what, places }) => ({
        what,
        count: places.length,
        places: cut(
          places.map(({ path, line }) => `${path}:${line}`),
          PLACES,
        ),
      })),
    ),
    leftOut,
    rendered: viewRendered(rendered),
    formats: viewFormats(result),
    unread: cut(
      largestFirst(groupBy(unread, (input) => `${input.status}\n${input.reason ?? ''}`)).map(({ items }) => ({
        status: items[0]?.status,
        reason: items[0]?.reason ?? null,
        count: items.length,
        paths: cut(
          items.map((input) => input.path),
          UNREAD_PLACES,
        ),
      })),
      GROUPS,
    ),
    problems: cut(
      result.problems.map((problem) => ({ place: problemPlace(problem), message: problem.message })),
      PROBLEMS,
    ),
    broken: viewBroken(result),
  }
}

/** Of each chart and overlay the commands, run or to be run, and what came of them. */
function viewRendered(rendered: Result['coverage']['rendered']) {
  const rows = rendered.map(({ environments, outcome, ...system }) => ({
    ...system,
    outcome,
    isRun: outcome === 'rendered' || outcome === 'in part',
    environments: cut(environments, PLACES),
  }))
  const ordered = [...rows.filter(({ isRun }) => !isRun), ...rows.filter(({ isRun }) => isRun)]
  return { ...cut(ordered, GROUPS), outcomes: viewOutcomes(ordered) }
}

type Rendered = Result['coverage']['rendered'][number]

/** Charts of one outcome share a row. */
function viewOutcomes(rows: readonly Pick<Rendered, 'path' | 'outcome' | 'tool' | 'reason'>[]) {
  return groupBy(rows, ({ outcome, tool, reason }) => JSON.stringify([outcome, tool, reason])).map(
    ({ items }) => ({
      outcome: items[0]!.outcome,
      tool: items[0]!.tool,
      reason: items[0]!.reason,
      count: items.length,
      paths: cut(
        items.map(({ path }) => path),
        PLACES,
      ),
    }),
  )
}

function viewFormats(result: Result) {
  return groupBy(result.inputs, (input) => input.format)
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ key, items }) => ({
      format: key,
      found: items.length,
      parsed: items.filter((input) => input.status === 'parsed').length,
      partial: items.filter((input) => input.status === 'partial').length,
      skipped: items.filter((input) => input.status === 'skipped').length,
      failed: items.filter((input) => input.status === 'failed').length,
    }))
}

/** Checks whose evaluation broke off, by the reason why. Those left undecided are questions for the review. */
function viewBroken(result: Result) {
  const broken = result.checks.filter((check) => check.outcome === 'error')
  const groups = largestFirst(groupBy(broken, (check) => `${check.rule}\n${check.reason ?? check.message}`))
  return cut(
    groups.map(({ items }) => ({
      title: items[0]?.title,
      reason: items[0]?.reason ?? items[0]?.message,
      count: items.length,
      places: cut(
        items.map((check) => placeOf(check.source)),
        PLACES,
      ),
    })),
    GROUPS,
  )
}

/** Files that were read, with the beginning of their digest. */
export function viewInputs(result: Result) {
  const read = result.inputs.filter((input) => input.sha256 !== null)
  return cut(
    read.map((input) => ({
      path: input.path,
      format: input.format,
      digest: input.sha256?.slice(0, DIGEST_LENGTH),
    })),
    INPUTS,
  )
}

function problemPlace({ path, line, column }: Result['problems'][number]): string {
  return [path, line, column].filter((part) => part !== null).join(':')
}
