/** One incident told several times: how long it lasted, when it was first logged, when the public heard of it. */
import type { Claim } from '../claim.js'
import { impactsIn, isSameDay, loggedIn, postedIn, showClock, type Impact } from '../incidents.js'
import { overlaps, showAs, spread } from '../quantities.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

const MINUTE = 60

export function checkIncidentTimes(survey: Survey): Claim[] {
  const impacts = impactsIn(survey)
  return [...lengths(impacts), ...firstLogged(impacts, survey), ...postings(impacts, survey)]
}

/** From the same moment on, it ended once. */
function lengths(impacts: Impact[]): Claim[] {
  return impacts.flatMap((one, index) => {
    const other = impacts.find(
      (later, place) =>
        place > index &&
        isSameDay(one, later) &&
        later.from.seconds === one.from.seconds &&
        Math.abs(later.seconds - one.seconds) > MINUTE,
    )
    if (!other) return []
    return [
      claim('duration', one.line, {
        stated: one.line.text.slice(one.from.index, one.to.end),
        recomputed: showAs(other.seconds, 'time'),
        verdict: 'contradicted',
        arithmetic: `${showClock(one.from.seconds)} to ${showClock(one.to.seconds)} is ${showAs(one.seconds, 'time')}; line ${other.line.line} has it end at ${showClock(other.to.seconds)}, after ${showAs(other.seconds, 'time')}`,
      }),
    ]
  })
}

function firstLogged(impacts: Impact[], survey: Survey): Claim[] {
  const logged = loggedIn(survey)
  return impacts.flatMap((impact) => {
    const [first] = logged
      .filter((event) => isSameDay(event, impact))
      .toSorted((a, b) => a.clock.seconds - b.clock.seconds)
    const after = first ? first.clock.seconds - impact.from.seconds : 0
    if (!first || after <= MINUTE || after > impact.seconds) return []
    return [
      claim('start', impact.line, {
        stated: showClock(impact.from.seconds),
        recomputed: `first logged at ${showClock(first.clock.seconds)}`,
        verdict: 'unsupported',
        arithmetic: `the logs that are shown begin ${showAs(after, 'time')} after the stated start (line ${first.line.line})`,
      }),
    ]
  })
}

/** `Status page updated late (20 minutes into incident)`. */
function postings(impacts: Impact[], survey: Survey): Claim[] {
  const { document, reader, words } = survey
  const posted = postedIn(survey)
  return document.lines.flatMap((line) => {
    const { text } = line
    if (text.length > 300 || !words.has('statusPage', text) || !words.has('late', text)) return []
    const times = reader.in(text).filter(({ dimension }) => dimension === 'time')
    const starts = new Set(impacts.map(({ from, day }) => `${day} ${from.seconds}`))
    const [impact] = impacts
    const [first] = posted
      .filter((event) => impact !== undefined && isSameDay(event, impact))
      .toSorted((a, b) => a.clock.seconds - b.clock.seconds)
    const [stated] = times
    if (times.length !== 1 || !stated || starts.size !== 1 || !impact || !first) return []
    const after = first.clock.seconds - impact.from.seconds
    const holds = overlaps(spread(stated), { low: after - MINUTE, high: after + MINUTE })
    return [
      claim('posting', line, {
        stated: stated.text,
        recomputed: showAs(after, 'time'),
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `the first update is posted at ${showClock(first.clock.seconds)} (line ${first.line.line}), ${showAs(after, 'time')} after the stated start at ${showClock(impact.from.seconds)} (line ${impact.line.line})`,
      }),
    ]
  })
}
