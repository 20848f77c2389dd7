/** How any cache is filled: it is asked, what is missing loaded, and stored. */
import { partsOf } from './body-parts.js'
import { functionOf } from '../survey/practice.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import { alwaysLeaves } from '../syntax/leaving.js'
import { bare, calleeName, enclosingFunction, isFunction, some, ts, walk, type TS } from '../syntax/syntax.js'

const MAX_STEPS = 3

/** One fill: the cache is asked, what is missing loaded, and stored. */
export interface Fill {
  /** The function that loads and stores. */
  around: TS.FunctionLikeDeclaration
  /** The function that asks: mostly the same. */
  asking: TS.FunctionLikeDeclaration
  read: TS.CallExpression
  load: TS.CallExpression
  store: TS.CallExpression
  /** The call of the function that loads, where that is another than the one that asks. */
  through?: TS.CallExpression
}

/** What is done with one cache. */
export interface Access {
  stores(call: TS.CallExpression): boolean
  /** What the call gives can be what is missing in the cache. */
  loads(call: TS.CallExpression): boolean
}

/** What was read is given back on a hit; what is stored was loaded in between. */
export function fillAfter(read: TS.CallExpression, access: Access): Fill | null {
  const asking = askingBy(read)
  const own = asking && fillIn(asking, access, read.end)
  return own && !isElsewhere(own.store, read) ? { asking, read, ...own } : null
}

/** In a branch that something else than the cache decides, and that is left before the store: `if (isGet) return cache.get(key)`. */
function isElsewhere(store: TS.Node, read: TS.CallExpression): boolean {
  for (let at: TS.Node = read; at.parent && !isFunction(at.parent); at = at.parent) {
    const { parent } = at
    if (!ts.isIfStatement(parent) || parent.expression === at || store.end <= at.end) continue
    if (alwaysLeaves(at as TS.Statement) && !decidesByCache(parent.expression, read)) return true
  }
  return false
}

function decidesByCache(condition: TS.Expression, read: TS.CallExpression): boolean {
  const cache = bare(read.expression)
  const name = ts.isPropertyAccessExpression(cache) ? cache.expression.getText() : cache.getText()
  const values = identifiersIn(condition).flatMap((used) => {
    const binding = bindingOf(used)
    return binding?.kind === 'value' ? [binding.node] : []
  })
  return [condition, ...values].some((node) => node.getText().includes(name))
}

/** The same, where a function that is called for what is missing loads and stores it. */
export function fillThroughHelper(survey: Survey, read: TS.CallExpression, access: Access): Fill | null {
  const asking = askingBy(read)
  if (!asking?.body) return null
  for (const call of partsOf(asking.body).calls) {
    if (call.pos < read.end) continue
    const helper = isMissPath(call) ? functionOf(survey, call.expression) : null
    const filled = helper && helper !== asking ? fillIn(helper, access, helper.pos) : null
    if (filled) return { asking, read, through: call, ...filled }
  }
  return null
}

/** The function that gives back what was read. */
function askingBy(read: TS.CallExpression): TS.FunctionLikeDeclaration | null {
  const asking = readerOf(read)
  return asking?.body && isGivenBack(asking.body, read) ? asking : null
}

/** Told by the place of the call alone: its answer gets a name or is given back, as an answer of a cache is. */
export function mayAsk(read: TS.CallExpression): boolean {
  if (variableOf(read) !== null) return true
  const { parent } = awaited(read)
  return ts.isReturnStatement(parent) || ts.isArrowFunction(parent)
}

/** The function that reads. */
export function readerOf(read: TS.CallExpression): TS.FunctionLikeDeclaration | null {
  return enclosingFunction(targetOf(read) ?? read)
}

/** The helper that fills answers the question: `return this.load(key)`, `value = await load(key)`. */
function isMissPath(call: TS.CallExpression): boolean {
  let at: TS.Node = call.parent
  while (ts.isAwaitExpression(at) || ts.isParenthesizedExpression(at)) at = at.parent
  return ts.isReturnStatement(at) || namesGiven(call).length > 0
}

function fillIn(
  around: TS.FunctionLikeDeclaration,
  access: Access,
  after: number,
): Pick<Fill, 'around' | 'load' | 'store'> | null {
  const calls = around.body ? partsOf(around.body).calls : []
  for (const store of calls) {
    if (store.pos < after || !access.stores(store)) continue
    const stored = new Set(store.arguments.flatMap((argument) => [...madeOf(argument)]))
    const load = calls.find(
      (call) =>
        call.pos >= after &&
        call.end <= store.pos &&
        namesGiven(call).some((name) => stored.has(name)) &&
        isWaitedFor(call, around) &&
        access.loads(call),
    )
    if (load) return { around, load, store }
  }
  return null
}

/** There, or by the name of its promise: `const answer = load(key).finally(forget)`, then `await answer`. */
function isWaitedFor(call: TS.CallExpression, around: TS.FunctionLikeDeclaration): boolean {
  const name = variableOf(call)
  return (
    ts.isAwaitExpression(call.parent) ||
    (name !== null &&
      some(around, (node) => ts.isAwaitExpression(node) && bare(node).getText() === name, false))
  )
}

/** Names in an expression, and those that the variables among them are made of. */
export function madeOf(expression: TS.Expression): Set<string> {
  const names = new Set<string>()
  let next = [expression]
  for (let step = 0; step < MAX_STEPS && next.length > 0; step++) {
    const found = next.flatMap(identifiersIn).filter(({ text }) => !names.has(text))
    for (const { text } of found) names.add(text)
    next = found.flatMap((name) => {
      const binding = bindingOf(name)
      const value = binding?.kind === 'value' ? binding.node : null
      return value && ts.isExpression(value) && !isFunction(value) && enclosingFunction(value) ? [value] : []
    })
  }
  return names
}

/** The name that the result of a call gets: `const cached = await cache.get(key)`. */
export function variableOf(call: TS.CallExpression): string | null {
  const target = targetOf(call)
  return target && ts.isIdentifier(target) ? target.text : null
}

/** Also those taken out of it: `const { data } = await http.get(url)`. */
export function namesGiven(call: TS.CallExpression): string[] {
  const target = targetOf(call)
  if (!target) return namesTaken(call)
  if (ts.isIdentifier(target)) return [target.text]
  return target.elements.flatMap((element) =>
    ts.isBindingElement(element) && ts.isIdentifier(element.name) ? [element.name.text] : [],
  )
}

/** `({ data, error } = await client.rpc(name))` */
function namesTaken(call: TS.CallExpression): string[] {
  const { parent } = awaited(answering(call))
  const isSet = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  if (!isSet || !ts.isObjectLiteralExpression(parent.left)) return []
  return parent.left.properties.flatMap((property) =>
    ts.isShorthandPropertyAssignment(property) ? property.name.text : [],
  )
}

function targetOf(call: TS.CallExpression): TS.BindingName | null {
  const at = awaited(answering(call))
  const { parent } = at
  if (ts.isVariableDeclaration(parent)) return parent.name
  if (ts.isArrayLiteralExpression(parent)) return amongAll(parent, at)
  const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  return isAssigned && ts.isIdentifier(parent.left) ? parent.left : null
}

/** With the `await` and parentheses around. */
function awaited(whole: TS.Expression): TS.Expression {
  let at = whole
  while (ts.isExpression(at.parent) && bare(at.parent) === whole) at = at.parent
  return at
}

/** `trySafe(() => cache.get(key))` and `cache.get(key).catch(() => null)` give what the call gives. */
function answering(call: TS.CallExpression): TS.CallExpression {
  const at = withHandlers(call)
  const { parent } = awaited(at)
  const isGiven = ts.isArrowFunction(parent) && parent.parameters.length === 0 && parent.body === awaited(at)
  return isGiven && ts.isCallExpression(parent.parent) ? parent.parent : at
}

/** The name that stands for it in `const [a, b] = await Promise.all([…])`. */
function amongAll(list: TS.ArrayLiteralExpression, item: TS.Expression): TS.BindingName | null {
  if (!ts.isCallExpression(list.parent) || !/^Promise\.all$/.test(list.parent.expression.getText()))
    return null
  const { parent } = awaited(list.parent)
  if (!ts.isVariableDeclaration(parent) || ts.isIdentifier(parent.name)) return null
  const element = parent.name.elements[list.elements.indexOf(item)]
  return element && ts.isBindingElement(element) ? element.name : null
}

/** With the `.catch()` and `.finally()` behind it. */
function withHandlers(call: TS.CallExpression): TS.CallExpression {
  const { parent } = call
  const isHandled =
    ts.isPropertyAccessExpression(parent) &&
    ['catch', 'finally'].includes(parent.name.text) &&
    ts.isCallExpression(parent.parent)
  return isHandled ? withHandlers(parent.parent as TS.CallExpression) : call
}

/** Returned or parsed: a key whose presence is only asked for is a mark, not a cached value. */
function isGivenBack(body: TS.Node, read: TS.CallExpression): boolean {
  const name = variableOf(read)
  const { calls, returned, assigned } = partsOf(body)
  if (name === null) return returned.some((value) => bare(value) === read)
  if (calls.some((call) => isParsed(call, name))) return true
  // Also what is made of it: `answer = JSON.parse(cached.contents)`.
  const made = assigned.filter(({ right }) => identifiersIn(right).some(({ text }) => text === name))
  const names = new Set([name, ...made.map(({ left }) => left.text)])
  return returned.some((value) => identifiersIn(value).some(({ text }) => names.has(text)))
}

/** `if (cached) value = JSON.parse(cached)`; what is parsed anyway may be what the load needs, as a token is. */
function isParsed(call: TS.CallExpression, name: string): boolean {
  const [text] = call.arguments
  if (text === undefined || calleeName(call) !== 'parse' || bare(text).getText() !== name) return false
  for (let at: TS.Node = call; at.parent && !isFunction(at.parent); at = at.parent) {
    const { parent } = at
    const asked = ts.isIfStatement(parent) && parent.thenStatement === at ? parent.expression : null
    const chosen = ts.isConditionalExpression(parent) && parent.whenTrue === at ? parent.condition : asked
    if (chosen && !chosen.getText().startsWith('!') && identifiersIn(chosen).some((one) => one.text === name))
      return true
  }
  return false
}

/** Variables, not the names of members: `loaded` of `loaded.data`. */
function identifiersIn(expression: TS.Node): TS.Identifier[] {
  const names: TS.Identifier[] = []
  walk(expression, (node) => {
    const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node
    if (ts.isIdentifier(node) && !isMember) names.push(node)
  })
  return names
}
