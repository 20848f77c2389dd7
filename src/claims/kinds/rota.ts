/** A rota against the rule that says who is paged: whoever is paged cannot stand in for another who is. */
import type { Claim } from '../claim.js'
import type { Table } from '../document.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

interface Place {
  role: string
  primary: string
  secondary: string
  contact: string
}

interface Rota {
  places: Place[]
  line: number
}

/** Fewer with the same channel may be chance. */
const LEAST_REACHED = 3
const MOST_PLACES = 100

export function checkRota(survey: Survey): Claim[] {
  return survey.document.tables.flatMap((table) => {
    const rota = rotaOf(table, survey)
    return rota ? [...standIns(rota, survey), ...channels(rota, survey)] : []
  })
}

/** A table of roles, each with two people. */
function rotaOf({ header, rows, line }: Table, { words }: Survey): Rota | null {
  const columnOf = (list: 'role' | 'primary' | 'secondary' | 'contact') =>
    header.findIndex((title) => words.find(list, title)?.index === 0)
  const [role, primary, secondary, contact] = [
    columnOf('role'),
    columnOf('primary'),
    columnOf('secondary'),
    columnOf('contact'),
  ]
  if (role < 0 || primary < 0 || secondary < 0 || rows.length > MOST_PLACES) return null
  const isSole =
    header.filter((title) => words.has('contact', title) || words.has('reach', title)).length === 1
  const places = rows.map(({ cells }) => ({
    role: (cells[role] ?? '').replace(/\([^)]*\)/g, '').trim(),
    primary: cells[primary] ?? '',
    secondary: cells[secondary] ?? '',
    contact: isSole ? (cells[contact] ?? '') : '',
  }))
  return new Set(places.map((place) => place.role)).size === places.length ? { places, line } : null
}

/** `SEV-1: page to Incident Commander + Backend Lead`. */
function standIns({ places, line: table }: Rota, survey: Survey): Claim[] {
  const { document, words } = survey
  const known = new Map(places.map((place) => [place.role.toLowerCase(), place]))
  const roles = [...known.keys()].filter((role) => role.length > 2)
  if (roles.length < 2) return []
  const pattern = pagedTogether(roles, words)
  return document.lines.flatMap((line) => {
    const found = line.text.length > 300 || words.has('depending', line.text) ? null : pattern.exec(line.text)
    const paged = found
      ? roles.filter((role) => wholeWord(role).test(found[1]!)).map((role) => known.get(role)!)
      : []
    if (paged.length < 2) return []
    const arePeople = paged.every(({ primary, secondary }) =>
      [primary, secondary].every((name) => isPerson(name, survey)),
    )
    const busy = paged.flatMap(({ role, secondary }) => {
      const other = isPerson(secondary, survey)
        ? paged.find((one) => one.role !== role && one.primary === secondary)
        : undefined
      return other ? [`${secondary} is the backup for ${role} and is paged as ${other.role}`] : []
    })
    // Who stands for a team is not known.
    if (busy.length === 0 && !arePeople) return []
    const people = new Set(paged.flatMap(({ primary, secondary }) => [primary, secondary])).size
    const left = busy.length === paged.length ? 'no' : `${busy.length} of ${paged.length} roles have no`
    return [
      claim('rota', line, {
        stated: paged.map(({ role }) => role).join(' + '),
        recomputed: `${people} people for ${2 * paged.length} positions`,
        verdict: busy.length === 0 ? 'consistent' : 'contradicted',
        arithmetic:
          busy.length === 0
            ? `no one who is paged is the backup for another of them (line ${table})`
            : `${busy.join(', ')} (line ${table}): ${left} free backup`,
      }),
    ]
  })
}

/** The roles named one after the other, right after the word for paging. */
function pagedTogether(roles: string[], words: Survey['words']): RegExp {
  const role = roles
    .toSorted((a, b) => b.length - a.length)
    .map(escaped)
    .join('|')
  const joiner = String.raw`\s*(?:[+&,]|${words.either('joining')})+\s+(?:the\s+)?`
  return new RegExp(
    String.raw`(?<!\p{L})${words.either('page')}\s+(?:[\p{L}]+\s+){0,2}?((?:${role})(?:${joiner}(?:${role}))+)(?![\p{L}])`,
    'iu',
  )
}

function wholeWord(role: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(role)}(?![\p{L}\p{N}])`, 'iu')
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** A name, not a team, a role or a placeholder. */
function isPerson(name: string, { words }: Survey): boolean {
  return /^\p{Lu}[\p{L}.'’ -]*$/u.test(name) && !words.has('teams', name)
}

/** One chat tool for most of them: what they are reached by may be down as well. */
function channels({ places, line }: Rota, { words }: Survey): Claim[] {
  const byWay = new Map<string, Place[]>()
  for (const place of places) {
    const [, way] = /^(\p{L}[\p{L} ]*):\s*\S+$/u.exec(place.contact) ?? []
    if (way !== undefined && words.has('chats', way)) byWay.set(way, [...(byWay.get(way) ?? []), place])
  }
  return [...byWay].flatMap(([way, reached]) =>
    reached.length < LEAST_REACHED || reached.length * 2 <= places.length
      ? []
      : [
          claim(
            'rota',
            { line, text: 'how the roles are reached' },
            {
              stated: `${places.length} roles`,
              recomputed: `${reached.length} by ${way} alone`,
              verdict: 'unsupported',
              arithmetic: `${reached.map(({ role }) => role).join(', ')} have no second channel; when ${way} fails, none of them can be reached`,
            },
          ),
        ],
  )
}
