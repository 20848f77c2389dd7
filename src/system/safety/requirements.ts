/** What has to hold before a run against what its record, its definition and earlier runs say. */
import type { Run } from '../../facts/experiment.js'
import type { SafetyPolicy } from '../../facts/safety-policy.js'
import { requirementNamed, type Requirement } from '../../knowledge/safety/safety-rules.js'
import type { ProgrammeEntry } from '../programme.js'
import { type Safeguard, safeguard } from './safeguard.js'

type Answer = boolean | null

/** `staging-pass` is asked of earlier runs, `approval` together with who may give it: both have checks of their own. */
export function requirementsKept(
  run: Run,
  definition: ProgrammeEntry | undefined,
  policies: SafetyPolicy[],
): Safeguard {
  const words = [...new Set(policies.flatMap(({ requires }) => requires))].filter(
    (word) => !['staging-pass', 'approval'].includes(requirementNamed(word) ?? ''),
  )
  const kept = safeguard(words.length > 0)
  for (const word of words) {
    const answer = answerTo(word, run, definition)
    if (answer === null) kept.open.push(word)
    if (answer === false) kept.breaches.push(word)
  }
  return kept
}

export function approvalKept(run: Run, policies: SafetyPolicy[]): Safeguard {
  const approvers = policies.flatMap((policy) => policy.approvers)
  const asked = policies.some(({ requires }) =>
    requires.some((word) => requirementNamed(word) === 'approval'),
  )
  const kept = safeguard(asked || approvers.length > 0)
  if (!kept.stated) return kept
  const given = run.conduct?.approvedBy ?? null
  if (given === null) kept.open.push('who approved it')
  else if (given.length === 0) kept.breaches.push('no one approved it')
  else if (approvers.length > 0 && !given.some((name) => approvers.some((one) => sameName(one, name))))
    kept.breaches.push(`approved by ${given.join(', ')}; ${approvers.join(' or ')} may approve`)
  return kept
}

export function errorBudgetKept(run: Run, policies: SafetyPolicy[]): Safeguard {
  const least = Math.max(...policies.map(({ minErrorBudget }) => minErrorBudget ?? 0))
  const kept = safeguard(least > 0)
  if (!kept.stated) return kept
  const left = run.conduct?.errorBudget ?? null
  if (left === null) kept.open.push('how much of the error budget was left')
  else if (left < least)
    kept.breaches.push(`${percent(left)} of the error budget left, at least ${percent(least)} required`)
  return kept
}

function answerTo(word: string, run: Run, definition: ProgrammeEntry | undefined): Answer {
  const stated = Object.entries(run.conduct?.preconditions ?? {}).find(([name]) => sameName(name, word))
  if (stated) return stated[1]
  const requirement = requirementNamed(word)
  return requirement === null ? null : RECORDED[requirement](run, definition)
}

const RECORDED: Record<Requirement, (run: Run, definition: ProgrammeEntry | undefined) => Answer> = {
  approval: () => null,
  'staging-pass': () => null,
  load: ({ load }) => load,
  baseline: ({ baselineMet }) => baselineMet,
  observer: ({ conduct }) => (conduct?.observers ? conduct.observers.length > 0 : null),
  rollback: ({ rolledBack }, definition) => rolledBack ?? definition?.experiment.parts.rollback ?? null,
  abort: (_, definition) => definition?.experiment.parts.abort ?? null,
}

/** `Second observer` and `second-observer` are one. */
function sameName(a: string, b: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return plain(a) === plain(b)
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`
}
