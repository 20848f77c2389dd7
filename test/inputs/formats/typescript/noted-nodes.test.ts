/** What is noted of a tree gives the same as going over it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  assignmentsIn,
  callsIn,
  ownCallsIn,
  ownReturnsIn,
  ownThrowsIn,
  throwsIn,
} from '../../../../src/inputs/formats/typescript/syntax/noted-nodes.js'
import {
  isAssignment,
  isFunction,
  ts,
  walk,
  type TS,
} from '../../../../src/inputs/formats/typescript/syntax/syntax.js'
import { parse } from '../../../../src/inputs/formats/typescript/syntax/tree.js'
import { anySystem } from './any-code.js'

/** Below a node, itself among them; `own`: not those of functions inside. */
function goneOver(root: TS.Node, isOne: (node: TS.Node) => boolean, which: 'all' | 'own'): TS.Node[] {
  const found: TS.Node[] = []
  walk(root, (node) => {
    if (which === 'own' && node !== root && isFunction(node)) return false
    if (isOne(node)) found.push(node)
    return true
  })
  return found
}

function expectSameBelowEachNode(code: string): void {
  const tree = parse('a.tsx', code)
  const isSet = (node: TS.Node): boolean =>
    ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)
  walk(tree, (root) => {
    const places = (nodes: TS.Node[]): string[] => nodes.map(({ kind, pos, end }) => `${kind}:${pos}-${end}`)
    const noted = [
      callsIn(root),
      assignmentsIn(root),
      throwsIn(root),
      ownCallsIn(root),
      ownReturnsIn(root),
      ownThrowsIn(root),
    ]
    const expected = [
      goneOver(root, ts.isCallExpression, 'all'),
      goneOver(root, isSet, 'all'),
      goneOver(root, ts.isThrowStatement, 'all'),
      goneOver(root, ts.isCallExpression, 'own'),
      goneOver(root, ts.isReturnStatement, 'own'),
      goneOver(root, ts.isThrowStatement, 'own'),
    ]
    expect(noted.map(places)).toEqual(expected.map(places))
  })
}

test('calls, assignments, returns and throws below a node are those that going over it finds', () => {
  expectSameBelowEachNode(`
    @Controller('orders')
    export class Orders<T extends object = {}> extends mixin(Base) {
      #made = this.make?.(first()!, (await second()) as Order)
      @Get(path()) async list(@Query(parse()) query = read(), ...rest: unknown[]): Promise<void> {
        a = b = c ?? (d ||= e(f(\`x\${g(h())}y\`)))
        if (a) throw new Failed(tell()); else return (() => { return i() })()
        for (const { x = j() } of k()) try { l()() } catch { throw m() } finally { n?.[o()]?.() }
        tag\`\${p()}\`
        do { q.r = <Row on={() => s()}>{t()}</Row> } while (u())
        switch (v()) { case w(): return x(); default: y() }
      }
    }
    export default z(() => z(() => { throw z() }))
  `)
})

test('also in code that is broken off anywhere', () => {
  fc.assert(
    fc.property(anySystem, fc.double({ min: 0, max: 1, noNaN: true }), (system, part) => {
      for (const code of Object.values(system))
        expectSameBelowEachNode(code.slice(0, Math.floor(code.length * part)))
    }),
    { numRuns: 60 },
  )
})
