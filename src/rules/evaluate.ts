/** Rules over subjects: five outcomes, of which only pass and fail score. */
import { hash } from 'node:crypto'
import { groupedBy } from '../facts/grouped.js'
import { compareSources, compareText } from '../facts/source.js'
import { dormantCode } from '../knowledge/dormant-code.js'
import { sharedQuestions } from '../knowledge/shared-questions.js'
import type { Model } from '../system/model.js'
import type { Catalogue, CompiledRule } from './catalogue.js'
import { askable } from './expression.js'
import { mergeOfOnePlace, mergeTwins } from './merge.js'
import type { Outcome } from './outcome.js'
import type { Subject } from './subject.js'
import { subjectsOf } from './subjects.js'

export interface Evaluation {
  /** What the rules say of what they apply to, sorted by place. */
  outcomes: Outcome[]
  /** Of how many subjects of its kind a rule says nothing. They are by far the most, and only counted. */
  notApplicable: Map<CompiledRule, number>
}

/** Every rule of every subject of its kind; things defined twice are judged once, the worse way. */
export function evaluate(catalogue: Catalogue, model: Model): Evaluation {
  const rulesByKind = groupedBy(catalogue.rules, ({ subject }) => subject)
  const asked: Outcome[] = []
  const notApplicable = new Map<CompiledRule, number>()
  for (const [kind, subjects] of groupedBy(subjectsOf(model), (subject) => subject.kind)) {
    const rules = rulesByKind.get(kind) ?? []
    for (const twins of groupedBy(subjects, ({ identity }) => identity).values()) {
      const all = twins.map(judgeable)
      for (const rule of rules) {
        const outcome = mergeTwins(all.map((one) => judge(rule, one)))
        if (outcome.outcome === 'not-applicable') notApplicable.set(rule, (notApplicable.get(rule) ?? 0) + 1)
        else asked.push(outcome)
      }
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

/** A subject with its fields as all rules see them, here and in other environments. */
interface Judgeable {
  subject: Subject
  view: View
  elsewhere: { environment: string; view: View }[]
}

interface View {
  /** For the words. */
  fields: object
  /** For the conditions. */
  asked: object
}

export function judgeable(subject: Subject): Judgeable {
  const viewOf = (fields: object): View => ({ fields, asked: askable(fields, subject.kind) })
  return {
    subject,
    view: viewOf(subject.fields),
    elsewhere: (subject.elsewhere ?? []).map(({ environment, fields }) => ({
      environment,
      view: viewOf(fields),
    })),
  }
}

export function judge(rule: CompiledRule, one: Judgeable): Outcome {
  const { subject } = one
  const dormant = isDormant(subject)
  const decision = decide(rule, one)
  const places = decision.outcome === 'fail' ? (subject.places?.(rule.pattern) ?? []) : []
  const [first, ...others] = places
  return {
    rule,
    severity: dormant ? dormantCode().severity : rule.severity,
    subject,
    dormant,
    others: [],
    outcome: decision.outcome,
    message: decision.message ?? rule.title,
    reason: decision.reason ?? null,
    question: decision.question ?? null,
    source: first?.source ?? (rule.at !== undefined ? subject.at[rule.at] : undefined) ?? subject.source,
    related: others,
    // Most are of this kind, and nothing is ever said of them.
    fingerprint: decision.outcome === 'not-applicable' ? '' : fingerprintOf(rule.id, subject),
  }
}

type Decision = Pick<Outcome, 'outcome'> & Partial<Pick<Outcome, 'reason' | 'question' | 'message'>>

function decide(rule: CompiledRule, one: Judgeable): Decision {
  const { subject } = one
  try {
    const decision = decideEverywhere(rule, one)
    if (!subject.doubt || decision.outcome === 'not-applicable') return decision
    if (isDormant(subject)) {
      if (decision.outcome === 'fail') return { ...decision, reason: subject.doubt.reason }
      if (decision.outcome === 'pass') return { outcome: 'not-applicable' }
    }
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

/** It is code that nothing is seen to run, and is judged as it is written. */
function isDormant({ doubt }: Subject): boolean {
  return doubt !== undefined && dormantCode().doubts.some((why) => why === doubt.why)
}

/** In all environments alike, else unknown: which of them counts is not known. */
function decideEverywhere(rule: CompiledRule, { subject, view, elsewhere }: Judgeable): Decision {
  const decision = decideWhereApplicable(rule, subject, view)
  if (elsewhere.length === 0) return decision
  const others = elsewhere
    .map(({ environment, view }) => ({
      environment,
      outcome: decideWhereApplicable(rule, subject, view).outcome,
    }))
    .filter(({ outcome }) => outcome !== decision.outcome)
  if (others.length === 0 || decision.outcome === 'unknown') return decision
  const outcomes = [decision, ...others].map(({ outcome }) => outcome)
  if (outcomes.every((outcome) => outcome === 'pass' || outcome === 'not-applicable'))
    return { outcome: 'pass' }
  const where = others.map(({ environment }) => environment).join(', ')
  return unknown(
    `the environments differ: the answer is different for ${where}`,
    sharedQuestions()['environments-differ'],
  )
}

function decideWhereApplicable(rule: CompiledRule, subject: Subject, view: View): Decision {
  if (rule.applies && !rule.applies(view.asked, rule.parameters)) return { outcome: 'not-applicable' }
  return decideKnown(rule, subject, view)
}

/** Of a subject that the rule applies to, as far as it is known. */
function decideKnown(rule: CompiledRule, { decidedElsewhere }: Subject, { fields, asked }: View): Decision {
  const { parameters } = rule
  const lacking = rule.requirements.find(({ holds }) => !holds(asked, parameters))
  if (lacking) return unknown(lacking.otherwise(fields, parameters), lacking.question(fields, parameters))
  if (rule.expectation(asked, parameters))
    return { outcome: 'pass', message: rule.explain?.(fields, parameters) || undefined }
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
