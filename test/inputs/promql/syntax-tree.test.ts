import { parser } from '@prometheus-io/lezer-promql'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainTree, type SyntaxNode } from '../../../src/inputs/promql/syntax-tree.js'

type Seen = [name: string, from: number, to: number]

function seenByParser(text: string): Seen[] {
  const seen: Seen[] = []
  parser.parse(text).iterate({ enter: ({ name, from, to }) => void seen.push([name, from, to]) })
  return seen
}

function rootOf(text: string): SyntaxNode {
  return plainTree(parser.parse(text))
}

const selector = fc.constantFrom('up', 'errors_total{job="a",code=~"5.."}', '{__name__="up"}', 'x{}', '1')
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5 },
    selector,
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `${a} / on(job) group_left ${b}`),
    tie('expression').map((inner) => `sum by (job) (${inner})`),
    tie('expression').map((inner) => `-(${inner} offset 5m) > bool 0 # why`),
    selector.map((inner) => `rate(${inner}[5m])`),
  ),
}))

describe('the plain tree of an expression', () => {
  it('holds the nodes of the parser, in its order, broken texts included', () => {
    fc.assert(
      fc.property(expression, fc.nat(200), (whole, cut) => {
        for (const text of [whole, whole.slice(0, cut)]) {
          const seen: Seen[] = []
          rootOf(text).forEach(({ name, from, to }) => seen.push([name, from, to]))
          expect(seen).toEqual(seenByParser(text))
        }
      }),
    )
  })

  it('leads from each node to those around it', () => {
    fc.assert(
      fc.property(expression, (text) => {
        rootOf(text).forEach((node) => {
          expect(node.firstChild).toBe(node.children[0] ?? null)
          expect(node.lastChild).toBe(node.children.at(-1) ?? null)
          for (const [index, child] of node.children.entries()) {
            expect(child.parent).toBe(node)
            expect(child.nextSibling).toBe(node.children[index + 1] ?? null)
          }
        })
      }),
    )
  })

  it('gives children by their names, and enters nothing below a node that is declined', () => {
    const list = rootOf('x{a="1",b="2"}').firstChild!.getChild('LabelMatchers')!
    expect(list.getChildren('UnquotedLabelMatcher')).toHaveLength(2)
    expect(list.getChild('UnquotedLabelMatcher')).toBe(list.getChildren('UnquotedLabelMatcher')[0])
    expect(list.getChild('Identifier')).toBeNull()
    const names: string[] = []
    rootOf('x{a="1"}').forEach(({ name }) => {
      names.push(name)
      return name !== 'VectorSelector'
    })
    expect(names).toEqual(['PromQL', 'VectorSelector'])
  })

  it('of an empty text has nothing below its root', () => {
    expect(rootOf('').children.filter(({ name }) => name !== '⚠')).toEqual([])
  })
})
