/** When an alert is said to have fired, or an incident to have begun, against how long the alert waits before it fires. */
import type { Claim } from '../claim.js'
import { impactsIn, isSameDay, showClock, timelineIn, type Impact } from '../incidents.js'
import { nameWords } from '../matching.js'
import { showAs, type Quantity } from '../quantities.js'
import { alsoAt, claim } from '../say.js'
import type { Survey } from '../survey.js'

export function checkDetectionTimes(survey: Survey): Claim[] {
  return [...starts(survey), ...firings(survey)]
}

/** An incident that began when its alert fired: the condition held for the alert's `for` before that. */
function starts(survey: Survey): Claim[] {
  const { alerts, words } = survey
  const fired = timelineIn(survey).filter(({ text }) => words.has('alert', text))
  const impacts = impactsIn(survey)
  const others = (impact: Impact) =>
    impacts.filter((one) => one !== impact && isSameStart(one, impact)).map(({ line }) => line.line)
  return impacts.flatMap((impact, index) =>
    fired
      .filter(() => !impacts.slice(0, index).some((one) => isSameStart(one, impact)))
      .filter(({ clock }) => clock.seconds === impact.from.seconds)
      .flatMap(({ text, line }) => {
        const said = new Set(nameWords(text))
        const named = alerts.filter(
          ({ name, forSeconds }) => forSeconds > 0 && nameWords(name).every((word) => said.has(word)),
        )
        const [alert] = named
        if (named.length !== 1 || !alert) return []
        const begun = impact.from.seconds - alert.forSeconds
        const [window] = alert.query.windows
        return [
          claim('start', impact.line, {
            stated: showClock(impact.from.seconds),
            recomputed: `${showClock(begun)} at the latest`,
            verdict: 'contradicted',
            arithmetic: `${alert.name} (line ${alert.source.line}) fired at that time (line ${line}) and fires only once its condition has held for ${showAs(alert.forSeconds, 'time')}${window === undefined ? '' : `, which its window of ${showAs(window, 'time')} takes time to show`}: ${showAs(impact.seconds, 'time')} are at least ${showAs(impact.seconds + alert.forSeconds, 'time')}${alsoAt(others(impact))}`,
          }),
        ]
      }),
  )
}

function isSameStart(a: Impact, b: Impact): boolean {
  return isSameDay(a, b) && a.from.seconds === b.from.seconds
}

/** `Alert duration: 3 minutes`, and later in the same block `Alert fires at T+30s`. */
function firings({ document, reader, words }: Survey): Claim[] {
  const only = (text: string): Quantity | null => {
    const times = reader.in(text).filter(({ dimension }) => dimension === 'time')
    return times.length === 1 && times[0]!.low === times[0]!.high ? times[0]! : null
  }
  const waits = document.lines.flatMap((line) => {
    const waits = words.find('alertFor', line.text.trim())?.index === 0 && line.text.includes(':')
    const time = waits ? only(line.text) : null
    return time ? [{ line, time }] : []
  })
  return document.lines.flatMap((line) => {
    const time = words.find('fires', line.text.trim())?.index === 0 ? only(line.text) : null
    const wait = waits.findLast((one) => one.line.block === line.block && one.line.line < line.line)
    if (!time || !wait) return []
    const holds = time.low >= wait.time.low
    return [
      claim('detection', line, {
        stated: time.text,
        recomputed: `${showAs(wait.time.low, 'time')} at the earliest`,
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `its condition has to hold for ${wait.time.text} first (line ${wait.line.line})${holds ? '' : `: it cannot fire after ${time.text}`}`,
      }),
    ]
  })
}
