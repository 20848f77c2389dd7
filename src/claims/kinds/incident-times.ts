/** One incident told several times: how long it lasted, when it was first logged, when the public heard of it. */
import type { Claim } from '../claim.js'
import {
  impactsIn,
  isSameZone,
  loggedIn,
  postedIn,
  showClock,
  statedDuration,
  type Impact,
} from '../incidents.js'
import { overlaps, showAs, spread } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

const MINUTE = 60

export function checkIncidentTimes(survey: Survey): Claim[] {
  const duration = statedDuration(survey)
  if (!duration) return []
  return [...outlasting(duration, survey), ...firstLogged(duration, survey), ...postings(duration, survey)]
}

/** What was hit from the same moment on for longer than the incident is said to have lasted. */
function outlasting(duration: Impact, survey: Survey): Claim[] {
  return impactsIn(survey)
    .filter(
      (impact) =>
        impact.line !== duration.line &&
        impact.day === duration.day &&
        isSameZone(impact, duration) &&
        impact.from.seconds === duration.from.seconds &&
        impact.seconds - duration.seconds > MINUTE,
    )
    .map((impact) =>
      claim('duration', impact.line, {
        stated: impact.line.text.slice(impact.from.index, impact.to.end),
        recomputed: showAs(duration.seconds, 'time'),
        verdict: 'contradicted',
        arithmetic: `${showClock(impact.from.seconds)} to ${showClock(impact.to.seconds)} is ${showAs(impact.seconds, 'time')}; line ${duration.line.line} has it end at ${showClock(duration.to.seconds)}, after ${showAs(duration.seconds, 'time')}`,
      }),
    )
}

function firstLogged(duration: Impact, survey: Survey): Claim[] {
  const logged = loggedIn(survey)
  const isOfIncident = logged.every((event) => event.day === duration.day && event.zone === duration.zone)
  const [first] = logged.toSorted((a, b) => a.clock.seconds - b.clock.seconds)
  const after = first ? first.clock.seconds - duration.from.seconds : 0
  if (!first || !(isOfIncident || first.zone === null) || after <= MINUTE || after > duration.seconds)
    return []
  if (logged.some((event) => event.day !== duration.day)) return []
  return [
    claim('start', duration.line, {
      stated: showClock(duration.from.seconds),
      recomputed: `first logged at ${showClock(first.clock.seconds)}`,
      verdict: 'unsupported',
      arithmetic: `the logs that are shown begin ${showAs(after, 'time')} after the stated start (line ${first.line.line})`,
    }),
  ]
}

/** `Status page updated late (20 minutes into incident)`. */
function postings(duration: Impact, survey: Survey): Claim[] {
  const { document, reader, words } = survey
  const posted = postedIn(survey).filter((event) => event.day === duration.day && isSameZone(event, duration))
  const [first] = posted.toSorted((a, b) => a.clock.seconds - b.clock.seconds)
  if (!first) return []
  return document.lines.flatMap((line) => {
    const { text } = line
    const isSaid = (['statusPage', 'late', 'sinceStart'] as const).every((list) => words.has(list, text))
    const times =
      isSaid && text.length < 300 ? reader.in(text).filter(({ dimension }) => dimension === 'time') : []
    const [stated] = times
    if (times.length !== 1 || !stated) return []
    const after = first.clock.seconds - duration.from.seconds
    const holds = overlaps(spread(stated), { low: after - MINUTE, high: after + MINUTE })
    return [
      claim('posting', line, {
        stated: stated.text,
        recomputed: showAs(after, 'time'),
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `the first update is posted at ${showClock(first.clock.seconds)} (line ${first.line.line}), ${showAs(after, 'time')} after the stated start at ${showClock(duration.from.seconds)} (line ${duration.line.line})`,
      }),
    ]
  })
}
