/** Rules over subjects: five outcomes, of which only pass and fail score. */
import { hash } from 'node:crypto'
import { groupedBy } from '../facts/grouped.js'
import { compareSources, compareText } from '../facts/source.js'
import { sharedQuestions } from '../knowledge/shared-questions.js'
import type { Model } from '../system/model.js'
import type { Catalogue, CompiledRule } from './catalogue.js'
import { mergeOfOnePlace, mergeTwins } from './merge.js'
import type { Outcome } from './outcome.js'
import type { Subject } from './subject.js'
import type { SubjectKind } from './subject-types.js'
import { subjectsOf } from './subjects.js'

export interface Evaluation {
  /** What the rules say of what they apply to, sorted by place. */
  outcomes: Outcome[]
  /** Of how many subjects of its kind a rule says nothing. They are by far the most, and only counted. */
  notApplicable: Map<CompiledRule, number>
}

/** Every rule of every subject of its kind; things defined twice are judged once, the worse way. */
export function evaluate(catalogue: Catalogue, model: Model): Evaluation {
  const twinsByKind = twinsByKindOf(subjectsOf(model))
  const asked: Outcome[] = []
  const notApplicable = new Map<CompiledRule, number>()
  for (const rule of catalogue.rules) {
    for (const twins of twinsByKind.get(rule.subject) ?? []) {
      const outcome = mergeTwins(twins.map((subject) => judge(rule, subject)))
      if (outcome.outcome === 'not-applicable') notApplicable.set(rule, (notApplicable.get(rule) ?? 0) + 1)
      else asked.push(outcome)
    }
  }
  const outcomes = mergeOfOnePlace(asked).sort(
    (a, b) =>
      compareSources(a.source, b.source) ||
      compareText(a.rule.id, b.rule.id) ||
      compareText(a.fingerprint, b.fingerprint),
  )
  return { outcomes, notApplicable }
}

/** Those of one identity together. */
function twinsByKindOf(subjects: Subject[]): Map<SubjectKind, Subject[][]> {
  const byKind = groupedBy(subjects, ({ kind }) => kind)
  return new Map(
    [...byKind].map(([kind, own]) => [kind, [...groupedBy(own, ({ identity }) => identity).values()]]),
  )
}

export function judge(rule: CompiledRule, subject: Subject): Outcome {
  const decision = decide(rule, subject)
  const places = decision.outcome === 'fail' ? (subject.places?.(rule.pattern) ?? []) : []
  const [first, ...others] = places
  return {
    rule,
    subject,
    others: [],
    message: rule.title,
    reason: null,
    question: null,
    ...decision,
    source: first?.source ?? (rule.at !== undefined ? subject.at[rule.at] : undefined) ?? subject.source,
    related: others,
    // Most are of this kind, and nothing is ever said of them.
    fingerprint: decision.outcome === 'not-applicable' ? '' : fingerprintOf(rule.id, subject),
  }
}

type Decision = Pick<Outcome, 'outcome'> & Partial<Pick<Outcome, 'reason' | 'question' | 'message'>>

function decide(rule: CompiledRule, subject: Subject): Decision {
  try {
    const decision = decideEverywhere(rule, subject)
    if (!subject.doubt || decision.outcome === 'not-applicable') return decision
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

/** In all environments alike, else unknown: which of them counts is not known. */
function decideEverywhere(rule: CompiledRule, subject: Subject): Decision {
  const decision = decideWhereApplicable(rule, subject)
  if (!subject.elsewhere) return decision
  const others = subject.elsewhere
    .map(({ environment, fields }) => ({
      environment,
      outcome: decideWhereApplicable(rule, { ...subject, fields }).outcome,
    }))
    .filter(({ outcome }) => outcome !== decision.outcome)
  if (others.length === 0 || decision.outcome === 'unknown') return decision
  const outcomes = [decision, ...others].map(({ outcome }) => outcome)
  if (outcomes.every((outcome) => outcome === 'pass' || outcome === 'not-applicable'))
    return { outcome: 'pass' }
  const where = others.map(({ environment }) => environment).join(', ')
  return unknown(
    `the environments differ: it is otherwise for ${where}`,
    sharedQuestions()['environments-differ'],
  )
}

function decideWhereApplicable(rule: CompiledRule, subject: Subject): Decision {
  if (rule.applies && !rule.applies(subject.fields, rule.parameters)) return { outcome: 'not-applicable' }
  return decideKnown(rule, subject)
}

/** Of a subject that the rule applies to, as far as it is known. */
function decideKnown(rule: CompiledRule, { fields, decidedElsewhere }: Subject): Decision {
  const { parameters } = rule
  const lacking = rule.requirements.find(({ holds }) => !holds(fields, parameters))
  if (lacking) return unknown(lacking.otherwise(fields, parameters), lacking.question(fields, parameters))
  if (rule.expectation(fields, parameters)) return { outcome: 'pass' }
  const decided = rule.at === undefined ? undefined : decidedElsewhere?.[rule.at]
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
