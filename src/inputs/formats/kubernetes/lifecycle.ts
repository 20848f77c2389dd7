/** preStop hooks: what they do, and the seconds of the grace period that they take. */
import type { PreStop } from '../../../facts/probe.js'
import { parseDuration } from '../../../facts/units.js'
import type { Field } from '../../field.js'

const SHELL = /(?:^|\/)(?:sh|bash|ash|dash)$/
/** The flag after which a shell takes its script, alone or with others: `-c`, `-ec`. */
const SCRIPT_FLAG = /^-[a-z]*c$/
const SLEEP = /^(?:exec\s+)?(?:\S*\/)?sleep((?:\s+[\d.]+[smhd]?)+)$/

export function readPreStop(preStop: Field): PreStop | null {
  if (!preStop.exists) return null
  const sleep = preStop.get('sleep', 'seconds').number()
  if (sleep !== null) return { source: preStop.source, atLeastSeconds: sleep, atMostSeconds: sleep }
  const words = preStop
    .get('exec', 'command')
    .items()
    .flatMap((word) => word.text() ?? [])
  return { source: preStop.source, ...timeOf(scriptOf(words)) }
}

/** What a shell is asked to run; without a shell, the command itself. */
function scriptOf(words: string[]): string {
  const flag = words.findIndex((word) => SCRIPT_FLAG.test(word))
  return SHELL.test(words[0] ?? '') && flag > 0 ? (words[flag + 1] ?? '') : words.join(' ')
}

/** Only the sleeps that a script begins with are sure to take their time; of other commands it is not known. */
function timeOf(script: string): Omit<PreStop, 'source'> {
  const commands = script
    .split(/;|&&|\n/)
    .map((command) => command.trim())
    .filter((command) => command !== '')
  const sleeps = commands.map(secondsAsleep)
  const firstOther = sleeps.indexOf(null)
  const leading = (firstOther === -1 ? sleeps : sleeps.slice(0, firstOther)).map((seconds) => seconds ?? 0)
  const atLeastSeconds = leading.reduce((sum, seconds) => sum + seconds, 0)
  const isAllSleep = commands.length > 0 && firstOther === -1
  return { atLeastSeconds, atMostSeconds: isAllSleep ? atLeastSeconds : null }
}

/** `sleep 5`, `sleep 1m 30s`: the arguments add up. Null for any other command. */
function secondsAsleep(command: string): number | null {
  const times = SLEEP.exec(command)?.[1]?.trim().split(/\s+/).map(parseDuration)
  if (!times || times.includes(null)) return null
  return times.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0)
}
