/** Loops that repeat nothing though they look like retries: each round asks somebody else, or waits for the work of others. */
import { functionOf } from '../../survey/practice.js'
import type { Survey } from '../../survey/survey.js'
import { bare, calleeName, some, ts, walk, type TS } from '../../syntax/syntax.js'

/** `urls[i]` of a counting loop; a host that is taken out of a list, or picked from those that did not fail yet. */
export function takesNext(loop: TS.IterationStatement, work: TS.Block, survey: Survey): boolean {
  const counted = ts.isForStatement(loop) ? loop.initializer : undefined
  const names =
    counted && ts.isVariableDeclarationList(counted)
      ? counted.declarations.map(({ name }) => name.getText())
      : []
  const isNextOfList = (node: TS.Node): boolean =>
    ts.isElementAccessExpression(node) &&
    names.includes(node.argumentExpression.getText()) &&
    givesTarget(node, work)
  return (
    some(work, isNextOfList) ||
    setIn(loop).some(
      (item) =>
        isTarget(item.name, work) &&
        (takes(item, loop) ? !isPutBack(item, loop, survey) : isPickedFromRest(item, loop, work)),
    )
  )
}

/** Who is called, or what is asked for, unlike a header or a time limit: `hosts[i].get()`, `get(urls[i], options)`. */
function isTarget(name: string, work: TS.Block, before: string[] = []): boolean {
  return (
    !before.includes(name) &&
    some(
      work,
      (node) =>
        (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) &&
        node.getText() === name &&
        givesTarget(node, work, [...before, name]),
    )
  )
}

/** `before`: the names through which it came here. */
function givesTarget(node: TS.Node, work: TS.Block, before: string[] = []): boolean {
  for (let at = node; at !== work && at.parent; at = at.parent) {
    const { parent } = at
    if (ts.isObjectLiteralExpression(parent)) return false
    if (ts.isCallExpression(parent)) return parent.expression === at || parent.arguments[0] === at
    if (ts.isNewExpression(parent)) return parent.arguments?.[0] === at
    if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name))
      return parent.initializer === at && isTarget(parent.name.text, work, before)
  }
  return false
}

interface Item {
  name: string
  value: TS.Expression
}

/** Variables that each round sets. */
function setIn(loop: TS.IterationStatement): Item[] {
  const items: Item[] = []
  walk(loop, (node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      items.push({ name: node.name.text, value: node.initializer })
    if (isAssignment(node) && ts.isIdentifier(node.left))
      items.push({ name: node.left.text, value: node.right })
    return true
  })
  return items
}

function isAssignment(node: TS.Node): node is TS.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
}

/** `hosts.shift()`, `left.next().value`, of a list that is not made anew in each round. */
function takes({ value }: Item, loop: TS.IterationStatement): boolean {
  const ownNames = new Set(setIn(loop).map(({ name }) => name))
  const isTaking = (node: TS.Node): boolean => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
    const list = bare(node.expression.expression)
    if (ts.isCallExpression(list) || ownNames.has(list.getText())) return false
    const method = calleeName(node)
    return method === 'shift' || method === 'pop' || (method === 'next' && isRead(node, 'value'))
  }
  return some(value, isTaking, false)
}

const puts = (node: TS.Node, item: string): boolean => isCallWith(node, /^(push|unshift|add)$/, item)

/** In the loop, or by a function of the project that gets it there. */
function isPutBack({ name }: Item, loop: TS.IterationStatement, survey: Survey): boolean {
  return some(loop, (node) => {
    if (!ts.isCallExpression(node)) return false
    if (puts(node, name)) return true
    const at = node.arguments.findIndex((argument) => argument.getText() === name)
    const called = at < 0 ? null : functionOf(survey, node.expression)
    const parameter = called?.parameters[at]?.name.getText()
    return !!called?.body && parameter !== undefined && some(called.body, (part) => puts(part, parameter))
  })
}

function isRead({ parent }: TS.Node, property: string): boolean {
  return ts.isPropertyAccessExpression(parent) && parent.name.text === property
}

/** `const host = pick(left)`, and after a failure `left = without(left, host)` or `tried.add(host)`. */
function isPickedFromRest({ name, value }: Item, loop: TS.IterationStatement, work: TS.Block): boolean {
  const isAwaited = some(value, ts.isAwaitExpression, false)
  return some(loop, (node) => {
    if (isWithin(node, value) || (isAwaited && isWithin(node, work))) return false
    const list = changedList(node, name)
    return list !== null && list !== name && mentions(list, value)
  })
}

const isWithin = (node: TS.Node, { pos, end }: TS.Node): boolean => node.pos >= pos && node.end <= end

/** The list that a piece of code changes by an item. */
function changedList(node: TS.Node, item: string): string | null {
  if (isAssignment(node)) return mentions(item, node.right) ? node.left.getText() : null
  if (
    !isCallWith(node, /^(add|push|delete|splice)$/, item) &&
    !isCallWith(node, /^(splice|shift|pop)$/, null)
  )
    return null
  const callee = bare(node.expression)
  return ts.isPropertyAccessExpression(callee) ? callee.expression.getText() : null
}

function isCallWith(node: TS.Node, method: RegExp, item: string | null): node is TS.CallExpression {
  return (
    ts.isCallExpression(node) &&
    method.test(calleeName(node)) &&
    (item === null || node.arguments.some((argument) => mentions(item, argument)))
  )
}

/** `left` and `this.left` alike. */
function mentions(name: string, node: TS.Node): boolean {
  return some(
    node,
    (at) => (ts.isIdentifier(at) || ts.isPropertyAccessExpression(at)) && at.getText() === name,
  )
}

/** The only thing that is done is to await a promise that stands in a field or map: whoever put it there does the work. */
export function waitsForOthers(loop: TS.IterationStatement, work: TS.Block, survey: Survey): boolean {
  const isHeld = (node: TS.Node): boolean =>
    ts.isAwaitExpression(node) && holds(bare(node.expression), loop, survey)
  return some(work, isHeld, false) && survey.callsFrom(work).length === 0
}

function holds(promise: TS.Expression, loop: TS.IterationStatement, survey: Survey): boolean {
  if (isKept(promise, survey)) return true
  if (!ts.isIdentifier(promise)) return false
  const values = setIn(loop).filter(({ name }) => name === promise.text)
  return values.length > 0 && values.every(({ value }) => isKept(bare(value), survey))
}

/** `this.pending`, `pending[key]`, `pending.get(key)`. */
function isKept(value: TS.Expression, survey: Survey): boolean {
  if (ts.isCallExpression(value)) return calleeName(value) === 'get' && survey.outboundAt(value) === null
  return ts.isPropertyAccessExpression(value) || ts.isElementAccessExpression(value)
}
