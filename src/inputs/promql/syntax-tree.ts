/**
 * The syntax tree of an expression as plain nodes. The parser's own are packed, and made anew at each step through them;
 * some twenty analyses go through the same few.
 */
import type { Tree } from '@lezer/common'

export class SyntaxNode {
  readonly children: SyntaxNode[] = []
  nextSibling: SyntaxNode | null = null

  constructor(
    readonly name: string,
    readonly from: number,
    readonly to: number,
    readonly parent: SyntaxNode | null,
  ) {
    const before = parent?.lastChild
    if (before) before.nextSibling = this
    parent?.children.push(this)
  }

  get firstChild(): SyntaxNode | null {
    return this.children[0] ?? null
  }

  get lastChild(): SyntaxNode | null {
    return this.children.at(-1) ?? null
  }

  getChild(name: string): SyntaxNode | null {
    return this.children.find((child) => child.name === name) ?? null
  }

  getChildren(name: string): SyntaxNode[] {
    return this.children.filter((child) => child.name === name)
  }

  /** The node and all below it, in the order of the text; below one that gives false, nothing is entered. */
  forEach(enter: (node: SyntaxNode) => unknown): void {
    if (enter(this) === false) return
    for (const child of this.children) child.forEach(enter)
  }
}

/** Of a tree that is not too deep to be gone through. */
export function plainTree(tree: Tree): SyntaxNode {
  const around = new SyntaxNode('', 0, tree.length, null)
  let parent = around
  tree.iterate({
    enter: ({ name, from, to }) => {
      parent = new SyntaxNode(name, from, to, parent)
    },
    leave: () => {
      parent = parent.parent ?? around
    },
  })
  return around.children[0] ?? around
}
