/** Nodes at or below another, taken from those noted of its tree: asked for again and again, going over the code each time costs more. */
import { isFunction, ts, type TS } from './syntax.js'
import { notedIn, type Noted } from './tree.js'

export function callsIn(root: TS.Node): TS.CallExpression[] {
  return notedBelow(root, 'made').filter(ts.isCallExpression)
}

/** Those that are not in a function inside. */
export function ownCallsIn(root: TS.Node): TS.CallExpression[] {
  return callsIn(root).filter((call) => isOwn(call, root))
}

export function assignmentsIn(root: TS.Node): TS.BinaryExpression[] {
  return notedBelow(root, 'assignments')
}

/** Those that are not in a function inside. */
export function ownReturnsIn(root: TS.Node): TS.ReturnStatement[] {
  return notedBelow(root, 'returns').filter((node) => isOwn(node, root))
}

export function throwsIn(root: TS.Node): TS.ThrowStatement[] {
  return notedBelow(root, 'throws')
}

/** Those that are not in a function inside. */
export function ownThrowsIn(root: TS.Node): TS.ThrowStatement[] {
  return throwsIn(root).filter((node) => isOwn(node, root))
}

function isOwn(node: TS.Node, root: TS.Node): boolean {
  for (let at = node; at !== root; at = at.parent) if (isFunction(at)) return false
  return true
}

/** What is noted stands in the order of the text, so that what is below one node stands together. */
function notedBelow<Kind extends keyof Noted>(root: TS.Node, kind: Kind): Noted[Kind] {
  const noted: readonly TS.Node[] = notedIn(root.getSourceFile())[kind]
  let from = firstFrom(noted, root.pos)
  // What is around it may begin where it does.
  while (from < noted.length && noted[from]!.pos === root.pos && noted[from]!.end > root.end) from++
  return noted.slice(from, firstFrom(noted, root.end)) as Noted[Kind]
}

/** The index of the first of them that does not begin before a position. */
function firstFrom(noted: readonly TS.Node[], position: number): number {
  let low = 0
  let high = noted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (noted[middle]!.pos < position) low = middle + 1
    else high = middle
  }
  return low
}
