/** Jobs that a queue runs again when they failed: how long it waits before that. */
import type { Practice } from '../../../../facts/code.js'
import { compareSources } from '../../../../facts/source.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Library } from '../../../../knowledge/libraries.js'
import type { JobRetries } from '../../../../knowledge/libraries/messages.js'
import { creationArguments } from '../survey/creation-arguments.js'
import { practice } from '../survey/practice.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { declaredOptions, namesOneOf, type Options } from './job-options.js'
import type { Lookup } from '../values/lookups.js'
import { findOption } from '../values/options.js'
import { bare, textOf, ts, walk, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

export function jobRetries(survey: Survey): Practice[] {
  const knowing = survey.shapes.libraries.filter(({ jobRetries: facts }) => facts !== undefined)
  const shared = knowing.flatMap((library) =>
    sharedOptions(
      library,
      knowing.filter((other) => other !== library),
      survey,
    ),
  )
  const ofCalls = survey.outbound.flatMap((call) => optionsOf(call, shared, survey))
  const declared = declaredOptions(knowing, survey)
  const seen = new Set<TS.Node>()
  const found = [...shared, ...ofCalls, ...declared].flatMap((options) => {
    const attempts = attemptsIn(options, survey)
    // The same object is declared in one place and given in others.
    if (!attempts || seen.has(attempts)) return []
    seen.add(attempts)
    return judged(options, attempts, survey)
  })
  return inOneOfEach(found)
}

/** Queues of one package are mostly declared alike: those without jitter are told together, at the first of them. */
function inOneOfEach(found: Practice[]): Practice[] {
  const isAlike = ({ pattern, state }: Practice): boolean => pattern === 'retry-jitter' && state === 'absent'
  const groups = new Map<string, Practice[]>()
  for (const one of found.filter(isAlike)) {
    const key = `${one.package} ${one.detail}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const told = [...groups.values()].map((group) => {
    const [first, ...others] = group.sort((a, b) => compareSources(a.source, b.source))
    return { ...first!, related: others.map(({ source }) => ({ source, message: 'the same here' })) }
  })
  return [...found.filter((one) => !isAlike(one)), ...told]
}

/** `defaultJobOptions: { … }`, wherever a file that names the library declares a queue. */
function sharedOptions({ jobRetries: facts }: Library, others: Library[], { files }: Survey): Options[] {
  const name = facts?.shared
  if (!facts || name === undefined) return []
  const found: Options[] = []
  for (const { tree } of files) {
    if (!tree.text.includes(name) || !namesOneOf(facts, tree.text)) continue
    // Whose options they are is not clear.
    if (others.some(({ jobRetries: other }) => other && namesOneOf(other, tree.text))) continue
    walk(tree, (node) => {
      if (ts.isPropertyAssignment(node) && textOf(node.name) === name)
        found.push({ facts, given: [node.initializer], inherited: { state: 'none' } })
    })
  }
  return found
}

function optionsOf(call: OutboundCall, shared: Options[], survey: Survey): Options[] {
  const { library, creation, made } = call.client
  const facts = library.jobRetries
  const shape = facts?.calls.find(({ methods }) => methods.includes(call.method))
  const given = shape?.options.flatMap((index) => call.node.arguments[index] ?? []) ?? []
  if (!facts || given.length === 0) return []
  if (facts.shared === undefined) return [{ facts, given, inherited: { state: 'none' } }]
  const wait = `${facts.shared}.${facts.wait.option}`
  if (made)
    return [
      {
        facts,
        given,
        inherited: findOption(creationArguments(creation, made, survey.resolver), wait, survey.resolver),
      },
    ]
  // Of a queue that is injected only what all queues have is known.
  const isWaiting = shared.some((options) => waitOf(options, survey).state !== 'none')
  return [{ facts, given, inherited: isWaiting ? null : { state: 'none' } }]
}

function waitOf({ facts, given }: Options, { resolver }: Survey): Lookup {
  const grown = facts.grows === undefined ? null : findOption(given, facts.grows, resolver)
  const isOff =
    grown?.state === 'found' &&
    ts.isExpression(grown.value) &&
    bare(grown.value).kind === ts.SyntaxKind.FalseKeyword
  return grown && grown.state !== 'none' && !isOff ? grown : findOption(given, facts.wait.option, resolver)
}

function attemptsIn({ facts, given }: Options, survey: Survey): TS.Expression | null {
  const attempts = findOption(given, facts.attempts.option, survey.resolver)
  return attempts.state === 'found' && ts.isExpression(attempts.value) ? attempts.value : null
}

function judged(options: Options, at: TS.Expression, survey: Survey): Practice[] {
  const { facts, inherited } = options
  const value = valueOf(at, survey.resolver)
  const most = value.kind === 'number' ? value.value + (facts.attempts.unit === 'retries' ? 1 : 0) : null
  // A single second try hits nobody twice.
  if (most === null || most <= 2) return []
  const own = waitOf(options, survey)
  const wait = own.state === 'none' ? inherited : own
  if (wait?.state === 'none')
    return [
      practice(
        survey,
        at,
        'retry-backoff',
        'absent',
        `A failed job is run again immediately, up to ${most} times in all: ${facts.reason}`,
      ),
    ]
  // What is inherited is judged where it stands.
  if (own.state !== 'found' || !ts.isExpression(own.value)) return []
  return judgedWait(own.value, options, survey)
}

function judgedWait(wait: TS.Expression, { facts, given }: Options, survey: Survey): Practice[] {
  const how = growthOf(wait, facts, given, survey)
  if (how === null || how === 'unhurried') return []
  const at = (pattern: string, state: Practice['state'], said: string): Practice =>
    practice(survey, wait, pattern, state, `The delay before a failed job is run again ${said}`)
  if (how === 'same') return [at('retry-backoff', 'absent', 'is constant')]
  const grown = at('retry-backoff', 'present', 'grows')
  if (how === 'with jitter') return [grown, at('retry-jitter', 'present', 'has jitter')]
  // Where the library has no random part, one would have to be written.
  return facts.jitter === undefined
    ? [grown]
    : [grown, at('retry-jitter', 'absent', `grows without jitter (\`${facts.jitter}\` is not set)`)]
}

type Growth = 'with jitter' | 'grows' | 'same' | 'unhurried'

function growthOf(
  wait: TS.Expression,
  facts: JobRetries,
  given: TS.Expression[],
  survey: Survey,
): Growth | null {
  const { resolver } = survey
  const value = valueOf(wait, resolver)
  if (value.kind === 'switch') return value.on ? 'with jitter' : null
  if (value.kind === 'number') return value.value > 0 ? sameFor(value.value, facts) : null
  const { type, fixed, growing, option } = facts.wait
  if (type === undefined) return null
  if (facts.jitter !== undefined && findOption(given, facts.jitter, resolver).state !== 'none')
    return 'with jitter'
  const kind = findOption(given, `${option}.${type}`, resolver)
  const name = kind.state === 'found' && ts.isExpression(kind.value) ? bare(kind.value) : null
  if (!name || !ts.isStringLiteralLike(name)) return null
  if (growing.includes(name.text)) return 'grows'
  if (!fixed.includes(name.text)) return null
  const delay = findOption(given, `${option}.delay`, resolver)
  const known =
    delay.state === 'found' && ts.isExpression(delay.value) ? valueOf(delay.value, resolver) : null
  return known?.kind === 'number' ? sameFor(known.value, facts) : null
}

/** After that long nobody is hurried, though it is always the same. */
function sameFor(delay: number, { wait }: JobRetries): Growth {
  return delay / (wait.unit === 'ms' ? 1000 : 1) >= codeWords().unhurriedRestartSeconds ? 'unhurried' : 'same'
}
