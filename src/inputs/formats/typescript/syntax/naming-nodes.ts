/** Where a name stands in a file: looked for in its text, so that no tree is gone over for it. */
import { ts, type TS } from './syntax.js'
import { hasWord } from './word-pattern.js'

export type Naming = TS.Identifier | TS.StringLiteralLike | TS.TemplateHead

/** Identifiers of this name, and texts that have it in them as a word. */
export function nodesNaming(name: string, tree: TS.SourceFile): Naming[] {
  const { text } = tree
  const found = new Set<Naming>()
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const node = innermostAt(at, tree)
    if (isNaming(node, name)) found.add(node)
  }
  return [...found]
}

/** A comment counts as part of what follows it. */
function innermostAt(offset: number, tree: TS.SourceFile): TS.Node {
  let node: TS.Node = tree
  const holding = (child: TS.Node): TS.Node | undefined =>
    child.pos <= offset && offset < child.end ? child : undefined
  for (let inner = ts.forEachChild(node, holding); inner; inner = ts.forEachChild(node, holding)) node = inner
  return node
}

function isNaming(node: TS.Node, name: string): node is Naming {
  if (ts.isIdentifier(node)) return node.text === name
  return (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) && hasWord(node.text, name)
}
