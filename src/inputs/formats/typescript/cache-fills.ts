/** Get, miss, load, store: without coalescing, all callers that miss one key load it at the same time. */
import type { Practice } from '../../../facts/code.js'
import { codeWords } from '../../../knowledge/code-words.js'
import { readsCache, storesInCache } from './cache-calls.js'
import { practice } from './practice.js'
import type { Survey } from './survey.js'
import { bare, calleeName, enclosingFunction, some, sourceOf, ts, walk, type TS } from './syntax.js'

/** One fill: the cache is asked, what is missing loaded, and stored. */
export interface Fill {
  around: TS.FunctionLikeDeclaration
  read: TS.CallExpression
  load: TS.CallExpression
  store: TS.CallExpression
}

export function cacheFills(survey: Survey): Practice[] {
  return fillsIn(survey).map((fill) => judgeFill(survey, fill))
}

const known = new WeakMap<Survey, Fill[]>()

/** One for each function that fills a cache. */
export function fillsIn(survey: Survey): Fill[] {
  let fills = known.get(survey)
  if (!fills) known.set(survey, (fills = findFills(survey)))
  return fills
}

function findFills(survey: Survey): Fill[] {
  const seen = new Set<TS.Node>()
  return survey.files.flatMap(({ calls }) =>
    calls.flatMap((call) => {
      if (variableOf(call) === null) return []
      const around = enclosingFunction(call)
      if (!around?.body || seen.has(around) || !readsCache(survey, call)) return []
      const fill = fillAfter(survey, call, around)
      if (!fill) return []
      seen.add(around)
      return [fill]
    }),
  )
}

function judgeFill(survey: Survey, { around, read, load, store }: Fill): Practice {
  const isCoalesced = coalesces(around)
  const name = load.expression.getText().slice(0, 60)
  const detail = isCoalesced
    ? `Concurrent misses of one key share one call of \`${name}\``
    : `All callers that miss the same key call \`${name}\` at the same time`
  return practice(
    survey,
    load,
    'cache-stampede-protection',
    isCoalesced ? 'present' : 'absent',
    detail,
    null,
    [
      { source: sourceOf(read), message: 'the cache is asked' },
      { source: sourceOf(store), message: 'what was loaded is stored' },
    ],
  )
}

/** What was read is given back on a hit, and what is stored was loaded in between. */
function fillAfter(survey: Survey, read: TS.CallExpression, around: TS.FunctionLikeDeclaration): Fill | null {
  const body = around.body!
  const cached = variableOf(read)
  if (cached === null || !isGivenBack(body, cached)) return null
  for (const store of callsIn(body)) {
    if (store.pos < read.end || !storesInCache(survey, store)) continue
    const load = loadOf(survey, store, read, body)
    if (load) return { around, read, load, store }
  }
  return null
}

/** The awaited call that gave what is stored. */
function loadOf(
  survey: Survey,
  store: TS.CallExpression,
  read: TS.CallExpression,
  body: TS.Node,
): TS.CallExpression | null {
  const stored = new Set(store.arguments.flatMap(namesIn))
  const load = callsIn(body).find(
    (call) =>
      call.pos >= read.end &&
      call.end <= store.pos &&
      ts.isAwaitExpression(call.parent) &&
      stored.has(variableOf(call) ?? '') &&
      !readsCache(survey, call),
  )
  return load ?? null
}

/** The name that the result of a call gets: `const cached = await cache.get(key)`. */
export function variableOf(call: TS.CallExpression): string | null {
  const whole = withCatch(call)
  let at: TS.Node = whole
  while (ts.isExpression(at.parent) && bare(at.parent) === whole) at = at.parent
  const { parent } = at
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text
  const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  return isAssigned && ts.isIdentifier(parent.left) ? parent.left.text : null
}

/** `cache.get(key).catch(() => null)` gives what the call gives. */
function withCatch(call: TS.CallExpression): TS.CallExpression {
  const { parent } = call
  const isCaught =
    ts.isPropertyAccessExpression(parent) &&
    parent.name.text === 'catch' &&
    ts.isCallExpression(parent.parent)
  return isCaught ? (parent.parent as TS.CallExpression) : call
}

/** Returned, also parsed: a key whose presence is only asked for is a mark, not a cached value. */
function isGivenBack(body: TS.Node, name: string): boolean {
  return some(
    body,
    (node) =>
      ts.isReturnStatement(node) && node.expression !== undefined && namesIn(node.expression).includes(name),
    false,
  )
}

function coalesces(around: TS.FunctionLikeDeclaration): boolean {
  const { coalesces: words } = codeWords()
  const outer = around.parent
  if (ts.isCallExpression(outer) && words.test(calleeName(outer))) return true
  return some(
    around,
    (node) => (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && words.test(node.text),
  )
}

function callsIn(body: TS.Node): TS.CallExpression[] {
  const calls: TS.CallExpression[] = []
  walk(body, (node) => {
    if (ts.isCallExpression(node)) calls.push(node)
  })
  return calls
}

function namesIn(expression: TS.Expression): string[] {
  const names: string[] = []
  walk(expression, (node) => {
    if (ts.isIdentifier(node)) names.push(node.text)
  })
  return names
}
