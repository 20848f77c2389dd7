/** Comments that steer pint, as pint reads them: https://cloudflare.github.io/pint/ignoring.html (checked in 75663d6). */
import { isDay } from '../../facts/instants.js'
import type { Source } from '../../facts/source.js'
import type { InputFile, Problem } from '../format.js'

export interface PintComment {
  source: Source
  /** `file/…` is about all rules of the file. */
  kind: 'disable' | 'file/disable' | 'snooze' | 'file/snooze'
  /** As pint names it: `promql/series`. */
  check: string
  /** What narrows it, as written between brackets: a metric, a Prometheus server, a tag. */
  argument: string | null
  /** Of a snooze the moment it ends. */
  until: string | null
}

export interface PintComments {
  comments: PintComment[]
  /** Where pint is told to look away, and by which line. */
  ignoredBy: Map<number, Source>
  problems: Problem[]
}

const NONE: PintComments = { comments: [], ignoredBy: new Map(), problems: [] }

/** pint takes the word after the mark for prose when it does not know it. */
const COMMENT =
  /#\s*pint\s+(ignore\/(?:file|line|begin|end|next-line)|(?:file\/)?(?:disable|snooze))(?=\s|$)\s*(.*?)\s*$/
const CHECK = /^([^\s()]+)(?:\((.*)\))?$/
const INSTANT = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/

export function pintCommentsIn({ path, text }: Pick<InputFile, 'path' | 'text'>): PintComments {
  if (!/#\s*pint\s/.test(text)) return NONE
  const found: PintComments = { comments: [], ignoredBy: new Map(), problems: [] }
  const ignoring = new Ignoring(found.ignoredBy)
  text.split(/\r?\n/).forEach((content, index) => {
    const match = COMMENT.exec(content)
    const line = index + 1
    const source = { path, line, column: (match?.index ?? 0) + 1, endLine: line }
    const [, word, value] = match ?? [null, '', '']
    const isIgnore = word!.startsWith('ignore/')
    ignoring.next(isIgnore && value === '' ? word! : null, source)
    if (!match) return
    const problem = isIgnore
      ? value && `after ${word} nothing may follow`
      : readComment(word as PintComment['kind'], value!, source, found.comments)
    if (problem) found.problems.push({ path, line, column: source.column, message: told(problem) })
  })
  return found
}

function told(problem: string): string {
  return `this pint comment has no effect: ${problem}`
}

/** What is wrong with it; null when it was read. */
function readComment(
  kind: PintComment['kind'],
  value: string,
  source: Source,
  comments: PintComment[],
): string | null {
  const isSnooze = kind.endsWith('snooze')
  const [moment, ...rest] = isSnooze ? value.split(' ') : [null, value]
  const check = CHECK.exec(rest.join(' ').trim())
  if (isSnooze && !isMoment(moment!)) return `${kind} needs a date first, such as 2026-01-31`
  if (!check) return `${kind} needs the name of one check, such as promql/series`
  comments.push({
    source,
    kind,
    check: check[1]!,
    argument: check[2] ?? null,
    until: moment ? new Date(moment).toISOString() : null,
  })
  return null
}

function isMoment(text: string): boolean {
  const day = INSTANT.exec(text)?.[1]
  return day !== undefined && isDay(day) && !Number.isNaN(Date.parse(text))
}

/** Which lines pint does not see, line by line. */
class Ignoring {
  /** The comment that began it. */
  #toTheEnd: Source | null = null
  #block: Source | null = null
  #nextLine: Source | null = null

  constructor(private readonly ignoredBy: Map<number, Source>) {}

  next(word: string | null, source: Source): void {
    if (word === 'ignore/file') this.#toTheEnd ??= source
    if (word === 'ignore/begin') this.#block = source
    if (word === 'ignore/end') this.#block = null
    const own = word === 'ignore/line' ? source : null
    const by = this.#toTheEnd ?? this.#block ?? this.#nextLine ?? own
    this.#nextLine = word === 'ignore/next-line' ? source : null
    if (by) this.ignoredBy.set(source.line, by)
  }
}
