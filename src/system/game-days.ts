/** Game days: runs of several faults at once in one environment, as stated or as their times show. */
import type { Run } from '../facts/experiment.js'
import { compareText } from '../facts/source.js'
import { environmentKey } from './environments.js'
import type { Overlap } from './safety/concurrency.js'

export interface GameDay {
  /** As the runs name it; null where only their times show that they belong together. */
  name: string | null
  environment: string | null
  from: string | null
  /** In order of time. */
  runs: string[]
  faults: string[]
  /** Whether any two of its faults surely went on at once. */
  overlapped: boolean
  objectives: string[]
  findings: string[]
}

export function gameDaysOf(runs: Run[], overlaps: Map<string, Overlap>): GameDay[] {
  const groups = new Map<string, Run[]>()
  const groupOf = new Map<string, string>()
  for (const run of runs) {
    const key = statedKey(run) ?? groupOf.get(run.id) ?? run.id
    groups.set(key, [...(groups.get(key) ?? []), run])
    if (statedKey(run) === null) joinOverlapping(run, key, overlaps, groupOf)
  }
  return [...groups.values()]
    .filter((members) => members.length > 1 || members[0]!.conduct?.gameDay)
    .map((members) => gameDay(members, overlaps))
    .sort((a, b) => compareText(a.from ?? '', b.from ?? '') || compareText(a.runs[0]!, b.runs[0]!))
}

function statedKey({ conduct, environment }: Run): string | null {
  return conduct?.gameDay ? `${conduct.gameDay.name}\n${environmentKey(environment ?? '')}` : null
}

/** All that hang together by overlaps, however many steps away. */
function joinOverlapping(
  run: Run,
  key: string,
  overlaps: Map<string, Overlap>,
  groupOf: Map<string, string>,
): void {
  const open = [run.id]
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const other of overlaps.get(id)?.withRuns ?? [])
      if (!groupOf.has(other)) {
        groupOf.set(other, key)
        open.push(other)
      }
}

function gameDay(members: Run[], overlaps: Map<string, Overlap>): GameDay {
  const inOrder = [...members].sort(
    (a, b) => compareText(a.startedAt ?? '', b.startedAt ?? '') || compareText(a.id, b.id),
  )
  const ids = inOrder.map(({ id }) => id)
  const stated = inOrder.flatMap(({ conduct }) => conduct?.gameDay ?? [])
  const unique = (texts: string[]): string[] => [...new Set(texts)]
  return {
    name: stated[0]?.name ?? null,
    environment: inOrder[0]!.environment,
    from: inOrder.map(({ startedAt }) => startedAt).find((time) => time !== null) ?? null,
    runs: ids,
    faults: unique(inOrder.flatMap(({ fault }) => fault ?? [])),
    overlapped: ids.some((id) => overlaps.get(id)?.withRuns.some((other) => ids.includes(other))),
    objectives: unique(stated.flatMap(({ objective }) => objective ?? [])),
    findings: unique(stated.flatMap(({ findings }) => findings)),
  }
}
