/** Whom the containers of a pod wait for before they start, by the commands that they are given. */
import type { EnvVariable } from '../../../facts/kubernetes.js'
import type { StartWait } from '../../../facts/start-waits.js'
import { startWaits } from '../../../knowledge/manifests/start-waits.js'
import type { Field } from '../../field.js'

/** Beyond it a script is a program. */
const MAX_SCRIPT = 20_000

/** `isFirst`: an init container, whose failure keeps the pod from starting; others wait only where they loop. */
export function readStartWaits(
  container: Field,
  words: string[],
  env: EnvVariable[],
  isFirst: boolean,
): StartWait[] {
  const script = scriptOf(words)
  if (script.length > MAX_SCRIPT) return []
  const { loops, endless, leaves, bounded } = startWaits()
  const isLoop = loops.test(script)
  if (endless.test(script) && !leaves.test(script)) return []
  if (bounded.test(script) || (!isFirst && !isLoop)) return []
  const name = container.get('name').text() ?? ''
  const [place] = [container.get('command'), container.get('args'), container].filter(({ exists }) => exists)
  return targetsIn(script, isLoop).map((target) => ({
    container: name,
    ...target,
    env,
    source: place!.source,
  }))
}

function targetsIn(script: string, isLoop: boolean): Pick<StartWait, 'target' | 'kind'>[] {
  const { waits, goesOn } = startWaits()
  const found = waits
    .filter(({ onlyInLoop }) => isLoop || !onlyInLoop)
    .flatMap(({ pattern }) => [...script.matchAll(pattern)])
    .filter(({ index, 0: match }) => !goesOn.test(script.slice(index + match.length)))
    .map(({ groups }) => ({
      target: groups?.['host'] ?? groups?.['name'] ?? '',
      kind: groups?.['kind'] ?? null,
    }))
  const distinct = new Map(found.map((one) => [`${one.kind} ${one.target}`, one]))
  return [...distinct.values()].filter(({ target }) => target !== '')
}

/** What a shell is asked to run, without remarks; without a shell, the words themselves. */
function scriptOf(words: string[]): string {
  const { shells, scriptFlag } = startWaits()
  const flag = words.findIndex((word) => scriptFlag.test(word))
  const script = shells.test(words[0] ?? '') && flag > 0 ? words.slice(flag + 1).join('\n') : words.join(' ')
  return script.replace(/^[ \t]*#.*$/gm, '').replace(/\\\n/g, ' ')
}
