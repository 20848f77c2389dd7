/** One value that is kept until it expires, as the token of a service: without coalescing, all who find it expired ask for a new one. */
import { callersOf } from '../survey/named-callers.js'
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { mayHaveWord } from '../../../../knowledge/identifier-words.js'
import { isCoalesced, nameOf, PATTERN, requestBehind } from './coalesced-loads.js'
import { madeOf, namesGiven } from './fills.js'
import type { Clients } from '../clients/clients.js'
import { practice } from '../survey/practice.js'
import { asksOthers, isAge } from './process-caches.js'
import { startsWithProcess } from '../running/process-start.js'
import { bindingOf } from '../syntax/scope.js'
import { isAskedInTurn, questionOfShortLife } from './sole-callers.js'
import type { Survey, Surveyed } from '../survey/survey.js'
import { assignmentsIn, callsIn } from '../syntax/noted-nodes.js'
import { bare, enclosingFunction, some, sourceOf, ts, type TS } from '../syntax/syntax.js'

/** A new value that is kept in a field or a variable of the module. */
interface Kept {
  place: string
  store: TS.BinaryExpression
  load: TS.CallExpression
  around: TS.FunctionLikeDeclaration
}

export function keptValues(survey: Survey, clients: Clients): Practice[] {
  const judged = new Set<TS.Node>()
  return survey.files.flatMap((file) =>
    [...storesIn(file), ...entriesSet(file.tree)].flatMap((store) => {
      const kept = keptBy(survey, store)
      if (!kept || judged.has(kept.load)) return []
      const asking = askingFor(survey, kept)
      if (!asking || isAskedInTurn(survey, asking)) return []
      judged.add(kept.load)
      return [{ ...judge(survey, kept, asking), about: clients.asked(kept.load) }]
    }),
  )
}

function judge(survey: Survey, kept: Kept, asking: TS.FunctionLikeDeclaration): Practice {
  const load = requestBehind(survey, kept.load)
  const name = nameOf(load)
  const related = [{ source: sourceOf(kept.store), message: 'the loaded value is kept until it expires' }]
  const isOne = isCoalesced(survey, kept.load, [asking, kept.around]) || isKeptByCaller(survey, asking)
  const detail = isOne
    ? `Of all callers that find \`${kept.place}\` expired, one at a time calls \`${name}\``
    : `All callers that find \`${kept.place}\` expired call \`${name}\` concurrently`
  if (isOne) return practice(survey, load, PATTERN, 'present', detail, null, related)
  const question = questionOfShortLife(survey, asking, kept.store.left) ?? questionOfOwner(kept, name)
  return practice(survey, load, PATTERN, question ? 'unknown' : 'absent', detail, question, related)
}

/** `this.pending[key] = this.token(key)`: who asks at the same time gets the promise that a caller keeps. */
function isKeptByCaller(survey: Survey, asking: TS.FunctionLikeDeclaration): boolean {
  return callersOf(asking, survey).some(({ parent }) => {
    const isSet = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
    return isSet && (ts.isElementAccessExpression(parent.left) || ts.isPropertyAccessExpression(parent.left))
  })
}

/** The question to ask where an entry belongs to one user or customer, which few ask for at once. */
function questionOfOwner({ store: { left } }: Kept, load: string): string | null {
  const key = ts.isElementAccessExpression(left) ? left.argumentExpression.getText() : ''
  return codeWords().oneCustomer.test(key)
    ? `the key belongs to \`${key}\`, which few callers may request concurrently: can many miss it together, and is \`${load}\` costly?`
    : null
}

/** Assignments to fields of `this`, and to variables of the module that are declared to change. */
function storesIn({ tree, stores }: Surveyed): TS.BinaryExpression[] {
  const fields = stores.filter(({ left }) => left.expression.kind === ts.SyntaxKind.ThisKeyword)
  const changing = tree.statements.some(
    (statement) =>
      ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Let) !== 0,
  )
  if (fields.length === 0 && !changing) return []
  if (!mayHaveWord(tree.text, codeWords().expiry)) return []
  return changing ? [...fields, ...variablesSet(tree)] : fields
}

/** `prices[id] = { value, at }`, of an object of the module or of `this`. */
function entriesSet(tree: TS.SourceFile): TS.BinaryExpression[] {
  if (!KEPT_BY_KEY.test(tree.text) || !mayHaveWord(tree.text, codeWords().expiry)) return []
  return assignmentsIn(tree).filter(({ operatorToken, left, right }) => {
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false
    if (!ts.isElementAccessExpression(left) || !ts.isObjectLiteralExpression(bare(right))) return false
    const kept = bare(left.expression)
    return ts.isIdentifier(kept) ? isOfModule(kept) : isField(kept)
  })
}

/** An entry that is an object, as one is that also says how old it is. */
const KEPT_BY_KEY = /\]\s*=\s*\{/

const isField = (node: TS.Expression): boolean =>
  ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword

function variablesSet(tree: TS.SourceFile): TS.BinaryExpression[] {
  return assignmentsIn(tree).filter(
    ({ operatorToken, left }) =>
      operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(left) && isOfModule(left),
  )
}

function isOfModule(name: TS.Identifier): boolean {
  const binding = bindingOf(name)
  const declaration =
    binding?.kind === 'variable'
      ? binding.declaration
      : binding?.kind === 'value'
        ? binding.node.parent
        : null
  return declaration !== null && ts.isVariableDeclaration(declaration) && !enclosingFunction(declaration)
}

/** What is kept was loaded in the same function, from one side: several at once are checked, as for a probe. */
function keptBy(survey: Survey, store: TS.BinaryExpression): Kept | null {
  const around = enclosingFunction(store)
  if (!around?.body || startsWithProcess(store)) return null
  const made = madeOf(store.right)
  const load = callsIn(around.body).find(
    (call) =>
      ts.isAwaitExpression(call.parent) &&
      (bare(store.right) === call ||
        (call.end <= store.pos && namesGiven(call).some((name) => made.has(name)))) &&
      enclosingFunction(call) === around &&
      !/^Promise\.all/.test(call.expression.getText()) &&
      asksOthers(survey, call),
  )
  return load ? { place: store.left.getText(), store, load, around } : null
}

/** The function that gives the value back while it is young, and has it loaded when it is not. */
function askingFor(survey: Survey, kept: Kept): TS.FunctionLikeDeclaration | null {
  if (isAskedFirst(kept.around, kept.load, kept.place)) return kept.around
  for (const call of callersOf(kept.around, survey)) {
    const asking = enclosingFunction(call)
    if (asking && isAskedFirst(asking, call, kept.place)) return asking
  }
  return null
}

/** `if (this.token && !expired) return this.token` before the load, or `if (expired) await load()` around it. */
function isAskedFirst(asking: TS.FunctionLikeDeclaration, load: TS.Node, place: string): boolean {
  if (!asking.body || startsWithProcess(load)) return false
  const held = [place, ...namesFor(asking.body, place)]
  const isNamed = (root: TS.Node): boolean => held.some((name) => names(root, name))
  const isReturned = (root: TS.Node): boolean =>
    some(
      root,
      (node) => ts.isReturnStatement(node) && node.expression !== undefined && isNamed(node.expression),
      false,
    )
  return some(
    asking.body,
    (node) => {
      if (!ts.isIfStatement(node) || !isNamed(node.expression) || !some(node.expression, isAge)) return false
      const isAround = node.thenStatement.pos <= load.pos && load.end <= node.thenStatement.end
      return isAround ? isReturned(asking.body!) : node.end <= load.pos && isReturned(node.thenStatement)
    },
    false,
  )
}

/** `hit` of `const hit = prices[id]`. */
function namesFor(body: TS.Node, place: string): string[] {
  const found: string[] = []
  some(
    body,
    (node) => {
      const isHeld =
        ts.isVariableDeclaration(node) &&
        ts.isIdentifier(node.name) &&
        node.initializer !== undefined &&
        bare(node.initializer).getText() === place
      if (isHeld) found.push(node.name.getText())
      return false
    },
    false,
  )
  return found
}

/** Says the name of the place, also as the beginning of a longer one. */
function names(root: TS.Node, place: string): boolean {
  return some(root, (node) => ts.isExpression(node) && node.getText() === place)
}
