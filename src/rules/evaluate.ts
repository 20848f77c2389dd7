/** Rules over subjects: five outcomes, of which only pass and fail score. */
import { hash } from 'node:crypto'
import { compareSources, compareText, type Source } from '../facts/source.js'
import { sharedQuestions } from '../knowledge/shared-questions.js'
import type { Model } from '../system/model.js'
import type { Catalogue, CompiledRule } from './catalogue.js'
import type { Subject } from './subject.js'
import { subjectsOf } from './subjects.js'

export type OutcomeKind = 'pass' | 'fail' | 'not-applicable' | 'unknown' | 'error'

/** One rule asked of one subject. */
export interface Outcome {
  rule: CompiledRule
  subject: Subject
  outcome: OutcomeKind
  /** Why it is unknown, or what broke. */
  reason: string | null
  /** What a person who knows the system would be asked, where it is unknown; null also where no answer matters. */
  question: string | null
  source: Source
  related: { source: Source; message: string }[]
  message: string
  fingerprint: string
}

/** Every rule of every subject of its kind, sorted by place; things defined twice are judged once, the worse way. */
export function evaluate(catalogue: Catalogue, model: Model): Outcome[] {
  const byKind = new Map<string, Subject[]>()
  for (const subject of subjectsOf(model))
    byKind.set(subject.kind, [...(byKind.get(subject.kind) ?? []), subject])
  const outcomes = catalogue.rules.flatMap((rule) =>
    (byKind.get(rule.subject) ?? []).map((subject) => judge(rule, subject)),
  )
  return mergeTwins(outcomes).sort(
    (a, b) =>
      compareSources(a.source, b.source) ||
      compareText(a.rule.id, b.rule.id) ||
      compareText(a.fingerprint, b.fingerprint),
  )
}

export function judge(rule: CompiledRule, subject: Subject): Outcome {
  const decision = decide(rule, subject)
  const places = decision.outcome === 'fail' ? (subject.places?.(rule.pattern) ?? []) : []
  const [first, ...others] = places
  return {
    rule,
    subject,
    message: rule.title,
    reason: null,
    question: null,
    ...decision,
    source: first?.source ?? (rule.at !== undefined ? subject.at[rule.at] : undefined) ?? subject.source,
    related: others,
    fingerprint: fingerprintOf(rule.id, subject),
  }
}

type Decision = Pick<Outcome, 'outcome'> & Partial<Pick<Outcome, 'reason' | 'question' | 'message'>>

function decide(rule: CompiledRule, { fields, ...subject }: Subject): Decision {
  const { parameters } = rule
  try {
    if (rule.applies && !rule.applies(fields, parameters)) return { outcome: 'not-applicable' }
    const decision = decideKnown(rule, { fields, ...subject })
    if (!subject.doubt) return decision
    // What is well whether it runs or not earns nothing, but no answer could make it a finding.
    const question = decision.outcome === 'pass' ? null : sharedQuestions()[subject.doubt.why]
    return unknown(subject.doubt.reason, question)
  } catch (error) {
    return {
      outcome: 'error',
      reason: `${rule.id} could not be evaluated: ${(error as Error).message.split('\n', 1)[0]}`,
    }
  }
}

/** Of a subject that the rule applies to, as far as it is known. */
function decideKnown(rule: CompiledRule, { fields, ...subject }: Subject): Decision {
  const { parameters } = rule
  const lacking = rule.requirements.find(({ holds }) => !holds(fields, parameters))
  if (lacking) return unknown(lacking.otherwise(fields, parameters), lacking.question(fields, parameters))
  if (rule.expectation(fields, parameters)) return { outcome: 'pass' }
  const decided = rule.at === undefined ? undefined : subject.decidedElsewhere?.[rule.at]
  if (decided !== undefined) return unknown(decided, sharedQuestions()['decided-elsewhere'])
  return { outcome: 'fail', message: rule.describe(fields, parameters) }
}

function unknown(reason: string, question: string | null): Decision {
  return { outcome: 'unknown', reason, question }
}

/** Rule + kind + logical identity. Moving code or inserting lines does not change it. */
function fingerprintOf(rule: string, subject: Subject): string {
  return hash('sha256', `${rule}\n${subject.kind}\n${subject.identity}`).slice(0, 16)
}

const WORST_FIRST: OutcomeKind[] = ['fail', 'error', 'unknown', 'pass', 'not-applicable']

/** One object in several files (a base and a release) has one identity: the worse outcome stands, the other place is related. */
function mergeTwins(outcomes: Outcome[]): Outcome[] {
  const merged = new Map<string, Outcome>()
  for (const outcome of outcomes) {
    const known = merged.get(outcome.fingerprint)
    if (!known) {
      merged.set(outcome.fingerprint, outcome)
      continue
    }
    const [worse, other] =
      WORST_FIRST.indexOf(outcome.outcome) < WORST_FIRST.indexOf(known.outcome)
        ? [outcome, known]
        : [known, outcome]
    // What the rule does not apply to is another thing in the same place, such as a second practice of one function.
    const isElsewhere = other.outcome !== 'not-applicable' && compareSources(worse.source, other.source) !== 0
    merged.set(
      outcome.fingerprint,
      isElsewhere
        ? {
            ...worse,
            related: [
              ...worse.related,
              {
                source: other.source,
                message:
                  other.outcome === worse.outcome
                    ? 'defined here too'
                    : `defined here too, where the outcome is ${other.outcome}`,
              },
              ...other.related,
            ],
          }
        : worse,
    )
  }
  return [...merged.values()]
}
