/** What a chart renders otherwise each time (passwords, certificates, moments) is no property of it: it is left out. */

/** Letters and digits, with what stands inside of encoded bytes. */
const RUN_BEFORE = /[\w+/=]*$/
const RUN_AFTER = /^[\w+/=]*/

/**
 * The text that two renderings of one chart have in common, with `0` for what differs (a number and a text alike); null when
 * they differ in more than values.
 */
export function commonOf(one: string, other: string): string | null {
  if (one === other) return one
  const [lines, others] = [one.split('\n'), other.split('\n')]
  if (lines.length !== others.length) return null
  return lines
    .map((line, index) => (line === others[index] ? line : settled(line, others[index]!)))
    .join('\n')
}

/** The whole run of letters and digits around a difference: its ends may be equal by chance. */
function settled(line: string, other: string): string {
  let start = 0
  while (start < line.length && line[start] === other[start]) start++
  let end = 0
  const most = Math.min(line.length, other.length) - start
  while (end < most && line.at(-1 - end) === other.at(-1 - end)) end++
  const before = line.slice(0, start).replace(RUN_BEFORE, '')
  const after = line.slice(line.length - end).replace(RUN_AFTER, '')
  return `${before}0${after}`
}
