/** When an alert is said to have fired, or an incident to have begun, against how long the alert waits before it fires. */
import type { AlertRule } from '../../facts/alert.js'
import type { Claim } from '../claim.js'
import { codeBlocks, type CodeBlock } from '../code-blocks.js'
import { namesOneDay, showClock, statedDuration, timelineIn } from '../incidents.js'
import { nameWords } from '../matching.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

export function checkDetectionTimes(survey: Survey): Claim[] {
  const firings = codeBlocks(survey.document).flatMap((block) => firingsIn(block, survey))
  return [...startWithAlert(survey), ...firings]
}

/** An incident that is said to have begun when its alert fired: the condition held for the alert's `for` before that. */
function startWithAlert(survey: Survey): Claim[] {
  const { alerts, lineOfAlert } = survey
  const duration = alerts.length > 0 && namesOneDay(survey) ? statedDuration(survey) : null
  if (!duration) return []
  const atStart = timelineIn(survey).filter(({ clock }) => clock.seconds === duration.from.seconds)
  return atStart.flatMap(({ text, line }) => {
    const alert = firedIn(text, survey)
    if (!alert || alert.forSeconds === 0) return []
    const [window] = alert.query.windows
    const shows =
      window === undefined ? '' : `, which its window of ${showAs(window, 'time')} takes time to show`
    return [
      claim('start', duration.line, {
        stated: showClock(duration.from.seconds),
        recomputed: `${showClock(duration.from.seconds - alert.forSeconds)} at the latest`,
        verdict: 'contradicted',
        arithmetic: `${alert.name} (line ${lineOfAlert(alert.source)}) fired at that time (line ${line}) and fires only once its condition has held for ${showAs(alert.forSeconds, 'time')}${shows}: ${showAs(duration.seconds, 'time')} are at least ${showAs(duration.seconds + alert.forSeconds, 'time')}`,
      }),
    ]
  })
}

/** The one alert of which a row of a timeline says that it fired: `Prometheus alert: High error rate (8.5%)`. */
function firedIn(text: string, { alerts, words }: Survey): AlertRule | null {
  const saysSo = words.has('fires', text) || words.has('alert', text)
  if (!saysSo || words.has('negation', text)) return null
  const said = new Set(nameWords(text))
  const named = alerts.filter(({ name }) => nameWords(name).every((word) => said.has(word)))
  return named.length === 1 ? named[0]! : null
}

/** Of times after the start of what is told: `T+30s`. */
const SINCE_START = /\bT\s?\+/

/** `Alert duration: 3 minutes`, and later in the same block `Alert fires at T+30s`. */
function firingsIn({ lines }: CodeBlock, { reader, words }: Survey): Claim[] {
  const claims: Claim[] = []
  let pending: { line: number; time: Quantity } | null = null
  for (const line of lines) {
    const text = line.text.trim()
    const [time, more] =
      text.length < 200 ? reader.in(text).filter(({ dimension }) => dimension === 'time') : []
    if (!time || more || time.low !== time.high) continue
    if (/^for:\s*\d+[smh]$/.test(text) || (words.find('alertFor', text)?.index === 0 && text.includes(':')))
      pending = { line: line.line, time }
    else if (pending && words.find('fires', text)?.index === 0 && SINCE_START.test(text)) {
      const holds = time.low >= pending.time.low
      claims.push(
        claim('detection', line, {
          stated: time.text,
          recomputed: `${showAs(pending.time.low, 'time')} at the earliest`,
          verdict: holds ? 'consistent' : 'contradicted',
          arithmetic: `its condition has to hold for ${pending.time.text} first (line ${pending.line})${holds ? '' : `: it cannot fire after ${time.text}`}`,
        }),
      )
    }
  }
  return claims
}
