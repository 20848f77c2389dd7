/** How long an alert waits against what its own texts, and those that name it, say of that. */
import type { Claim } from '../claim.js'
import { codeBlocks } from '../code-blocks.js'
import { around, type TextLine } from '../document.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

interface ShownAlert {
  name: string
  lines: TextLine[]
  /** `for`, where it is written. */
  wait: { quantity: Quantity; line: number; text: string } | null
}

const OWN_TEXT = /#\s*(.+)$|^\s*(?:summary|description|message|title):\s*(.+)$/u

export function checkAlertTexts(survey: Survey): Claim[] {
  const alerts = shownAlerts(survey)
  return [...alerts.flatMap((alert) => ownTexts(alert, survey)), ...namings(alerts, survey)]
}

function shownAlerts({ document, reader, words }: Survey): ShownAlert[] {
  return codeBlocks(document).flatMap(({ lines, section }) => {
    if (around(section).some(({ title, level }) => level > 1 && words.has('notMeant', title))) return []
    const alerts: ShownAlert[] = []
    for (const line of lines) {
      const name = /^\s*(?:-\s+)?alert:\s*["']?([\w-]+)["']?\s*$/.exec(line.text)?.[1]
      if (name !== undefined) alerts.push({ name, lines: [], wait: null })
      const alert = alerts.at(-1)
      const written = /^\s*(?:-\s+)?for:\s*["']?(\d+[smhd])["']?\s*(?:#.*)?$/.exec(line.text)?.[1]
      const quantity = written === undefined ? null : reader.only(written)
      alert?.lines.push(line)
      if (alert && quantity?.dimension === 'time') alert.wait = { quantity, line: line.line, text: line.text }
    }
    return alerts
  })
}

/** `for: 3m`, and `summary: queue full for 30 minutes`; the time may also be that of the expression. */
function ownTexts({ name, lines, wait }: ShownAlert, survey: Survey): Claim[] {
  const { reader } = survey
  if (!wait) return []
  const own = lines.flatMap(({ text }) => {
    const found = OWN_TEXT.exec(text)
    const said = found?.[1] ?? found?.[2]
    return said === undefined ? [] : (waitIn(said, survey) ?? [])
  })
  const expression = lines
    .filter(({ text }) => !OWN_TEXT.test(text) && !/^\s*(?:-\s+)?for:/.test(text))
    .map(({ text }) => text)
    .join('\n')
  const amounts = [...expression.matchAll(/\d+(?:\.\d+)?[smhd]?/g)].flatMap(
    ([written]) => reader.only(written)?.low ?? [],
  )
  const [said] = own
  if (!said || own.some(({ low }) => low !== said.low)) return []
  if (amounts.some((amount) => [1, 60, 3600].some((unit) => amount * unit === said.low))) return []
  const holds = said.low === wait.quantity.low
  return [
    claim(
      'alert',
      { line: wait.line, text: wait.text },
      {
        stated: wait.quantity.text,
        recomputed: showAs(said.low, 'time'),
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `${name} waits ${showAs(wait.quantity.low, 'time')}; its own text says ${said.text}`,
      },
    ),
  ]
}

/** The one time of a text, with the word for lasting so long right before it. */
function waitIn(text: string, { reader, words }: Survey): Pick<Quantity, 'low' | 'text'> | null {
  const half = words.find('halfAnHour', text)
  const times = reader.in(text).filter(({ dimension }) => dimension === 'time')
  if (half)
    return times.length === 0 && isLasting(text.slice(0, half.index))
      ? { low: 1800, text: text.slice(half.index, half.index + half.length) }
      : null
  const [time] = times
  const isSole = times.length === 1 && time!.low === time!.high && !time!.isAbout
  return isSole && isLasting(text.slice(0, time!.index)) ? time! : null

  function isLasting(before: string): boolean {
    return new RegExp(
      String.raw`(?<!\p{L})${words.either('lasting')}\s(?:${words.either('moreThan')}\s)?(?:a |an |eine |une |una )?$`,
      'iu',
    ).test(before)
  }
}

/** `LoginSlow fires (for: 5m)`, and the rule that is shown. */
function namings(alerts: ShownAlert[], { document, sentences, reader, words }: Survey): Claim[] {
  const rows = document.tables.flatMap(({ rows }) =>
    rows.map(({ line, cells }) => ({ line, text: cells.join(' | ') })),
  )
  return [...sentences, ...rows].flatMap(({ text, line }) => {
    const written = [...text.matchAll(/\bfor: ?(\d+[smhd])\b/g)].map(([, time]) => reader.only(time!))
    const named = alerts.filter(({ name }) => new RegExp(String.raw`(?<![\w-])${name}(?![\w-])`).test(text))
    const [alert] = named
    const [said] = written
    if (
      named.length !== 1 ||
      written.length !== 1 ||
      !said ||
      !alert?.wait ||
      words.has('notMeant', text) ||
      words.has('elsewhere', text)
    )
      return []
    const holds = said.low === alert.wait.quantity.low
    return [
      claim(
        'alert',
        { line, text },
        {
          stated: `for: ${said.text}`,
          recomputed: alert.wait.quantity.text,
          verdict: holds ? 'consistent' : 'contradicted',
          arithmetic: `${alert.name} is shown with for: ${alert.wait.quantity.text} (line ${alert.wait.line})`,
        },
      ),
    ]
  })
}
