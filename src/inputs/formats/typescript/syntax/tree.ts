/** Parses a file and goes over its tree once: parents are linked and the nodes noted that facts are made of. */
import { isAssignment, loadTypescript, reverseFrom, ts, type TS } from './syntax.js'

/** `axios.defaults.timeout = 5000`. */
export type Store = TS.BinaryExpression & { left: TS.PropertyAccessExpression }

/** The nodes of a tree, in their order, that clients and practices are looked for among. */
export interface Noted {
  /** Calls and `new` alike. */
  made: (TS.CallExpression | TS.NewExpression)[]
  loops: TS.IterationStatement[]
  catches: TS.CatchClause[]
  returns: TS.ReturnStatement[]
  throws: TS.ThrowStatement[]
  assignments: TS.BinaryExpression[]
  stores: Store[]
}

const notes = new WeakMap<TS.SourceFile, Noted>()

/** A tree with parent links; throws a RangeError for nesting beyond the stack. */
export function parse(path: string, text: string): TS.SourceFile {
  loadTypescript()
  const kind = /\.[jt]sx$|\.[cm]?js$/.test(path)
    ? path.endsWith('.tsx')
      ? ts.ScriptKind.TSX
      : ts.ScriptKind.JSX
    : ts.ScriptKind.TS
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }
  const tree = ts.createSourceFile(path, text, options, false, kind)
  notes.set(tree, link(tree))
  return tree
}

export function notedIn(tree: TS.SourceFile): Noted {
  return notes.get(tree)!
}

/** Without recursion, parents first. */
function link(tree: TS.SourceFile): Noted {
  const noted: Noted = {
    made: [],
    loops: [],
    catches: [],
    returns: [],
    throws: [],
    assignments: [],
    stores: [],
  }
  const stack: TS.Node[] = [tree]
  let parent: TS.Node = tree
  const push = (child: TS.Node): void => {
    ;(child as { parent: TS.Node }).parent = parent
    stack.push(child)
  }
  for (let node = stack.pop(); node; node = stack.pop()) {
    note(node, noted)
    parent = node
    const first = stack.length
    ts.forEachChild(node, push)
    reverseFrom(stack, first)
  }
  return noted
}

function note(node: TS.Node, noted: Noted): void {
  switch (node.kind) {
    case ts.SyntaxKind.CallExpression:
    case ts.SyntaxKind.NewExpression:
      noted.made.push(node as TS.CallExpression | TS.NewExpression)
      break
    case ts.SyntaxKind.CatchClause:
      noted.catches.push(node as TS.CatchClause)
      break
    case ts.SyntaxKind.ReturnStatement:
      noted.returns.push(node as TS.ReturnStatement)
      break
    case ts.SyntaxKind.ThrowStatement:
      noted.throws.push(node as TS.ThrowStatement)
      break
    case ts.SyntaxKind.BinaryExpression:
      if (isAssignment((node as TS.BinaryExpression).operatorToken.kind))
        noted.assignments.push(node as TS.BinaryExpression)
      if (isStore(node as TS.BinaryExpression)) noted.stores.push(node as Store)
      break
    default:
      if (ts.isIterationStatement(node, false)) noted.loops.push(node)
  }
}

function isStore({ operatorToken, left }: TS.BinaryExpression): boolean {
  return operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isPropertyAccessExpression(left)
}
