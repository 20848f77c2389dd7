/** A rota against the rule that says who is paged: whoever is paged cannot stand in for another who is. */
import type { Claim } from '../claim.js'
import { around } from '../document.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'
import { partsOf } from '../tables.js'

interface Place {
  role: string
  primary: string
  secondary: string
  contact: string
  line: number
}

interface Rota {
  places: Place[]
  line: number
}

/** Fewer with the same channel may be chance. */
const LEAST_REACHED = 3

export function checkRota(survey: Survey): Claim[] {
  const rotas = rotasIn(survey)
  return rotas.flatMap((rota) => [...standIns(rota, survey), ...channels(rota)])
}

function rotasIn({ document, words }: Survey): Rota[] {
  return document.tables.flatMap((table) => {
    const columnOf = (list: 'primary' | 'secondary' | 'contact') =>
      table.header.findIndex((title) => words.find(list, title)?.index === 0)
    const [primary, secondary, contact] = [columnOf('primary'), columnOf('secondary'), columnOf('contact')]
    if (primary < 0 || secondary < 0 || primary === secondary) return []
    const places = partsOf(table, words).parts.map(({ line, label, cells }) => ({
      line,
      role: label.replace(/\([^)]*\)/g, '').trim(),
      primary: cells[primary] ?? '',
      secondary: cells[secondary] ?? '',
      contact: cells[contact] ?? '',
    }))
    return [{ places, line: table.line }]
  })
}

/** `SEV-1: page to Incident Commander + Backend Lead`. */
function standIns({ places, line: table }: Rota, survey: Survey): Claim[] {
  const { document, words } = survey
  return document.lines.flatMap((line) => {
    const { text, section } = line
    const said = [text, ...around(section).map(({ title }) => title)]
    const isPage =
      text.length < 300 && words.has('page', text) && said.some((one) => words.has('severity', one))
    const paged = isPage ? places.filter(({ role }) => role !== '' && text.includes(role)) : []
    if (paged.length < 2) return []
    const busy = paged.flatMap(({ role, secondary }) => {
      const other = isPerson(secondary, survey)
        ? paged.find((one) => one.role !== role && one.primary === secondary)
        : null
      return other ? [`${secondary} stands in for ${role} and is paged as ${other.role}`] : []
    })
    const people = new Set(paged.flatMap(({ primary, secondary }) => [primary, secondary])).size
    return [
      claim('rota', line, {
        stated: paged.map(({ role }) => role).join(' + '),
        recomputed: `${people} people in ${2 * paged.length} places`,
        verdict: busy.length === 0 ? 'consistent' : 'contradicted',
        arithmetic:
          busy.length === 0
            ? `nobody who is paged stands in for another of them (line ${table})`
            : `${busy.join(', ')} (line ${table}): ${busy.length === paged.length ? 'no' : `${busy.length} of ${paged.length} roles have no`} free second person`,
      }),
    ]
  })
}

/** A name, not a team, a role or a placeholder. */
function isPerson(name: string, { words }: Survey): boolean {
  return /^\p{Lu}[\p{L}.'’ -]*$/u.test(name) && !words.has('teams', name)
}

/** `Slack: @oncall` for nearly everybody: what they are reached by may be down as well. */
function channels({ places, line }: Rota): Claim[] {
  const ways = places.map(({ contact }) => contact.split(/\s*[:+,/&]\s*/)[0]!.trim())
  const sole = places.filter(({ contact }) => /^\p{L}[\p{L} ]*:/u.test(contact) && !/[+,&]/.test(contact))
  const byWay = new Map<string, Place[]>()
  for (const place of sole) {
    const way = ways[places.indexOf(place)]!
    byWay.set(way, [...(byWay.get(way) ?? []), place])
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
              arithmetic: `${reached.map(({ role }) => role).join(', ')} have no second way; when ${way} fails nobody of them is reached`,
            },
          ),
        ],
  )
}
