import { describe, expect, it } from 'vitest'
import prometheus from '../../src/inputs/formats/prometheus.js'

async function faultOf(rule: string): Promise<object | undefined> {
  const text = `groups:\n  - name: g\n    rules:\n      - alert: A\n${rule}        for: 5m\n`
  const file = { path: 'a.yaml', extension: '.yaml', text, sha256: '' }
  const { facts } = await prometheus.read(file, { libraries: [], prefilter: true })
  const alert = facts.find(({ fact }) => fact === 'alert')
  return alert && 'at' in alert ? alert.at.fault : undefined
}

describe('the place of what is wrong in an expression', () => {
  it.each([
    ['in one line', '        expr: up == foo(x)\n', [5, 21]],
    ['between quotes', "        'expr':   'up == foo(x)'\n", [5, 26]],
    ['in a block', '        expr: |\n          up ==\n            foo(x)\n', [7, 13]],
    [
      'in a block with a sign and a remark',
      '        expr: |- # why\n\n          up ==\n          foo(x)\n',
      [8, 11],
    ],
    ['in a folded block', '        expr: >\n          up ==\n\n          foo(x)\n', [8, 11]],
    ['in a plain text of several lines', '        expr: up ==\n          foo(x)\n', [6, 11]],
    ['behind an anchor', '        expr: &e up == foo(x)\n', [5, 24]],
    ['with tabs between', '        expr: "up ==\t\tfoo(x)"\n', [5, 23]],
    ['at the end', '        expr: up ==\n', [5, 19]],
  ])('%s', async (_, rule, [line, column]) => {
    expect(await faultOf(rule)).toMatchObject({ path: 'a.yaml', line, column })
  })

  it('is that of the expression where it is written otherwise than it reads', async () => {
    expect(await faultOf('        expr: "up == \\u0066oo(x)"\n')).toMatchObject({ line: 5, column: 9 })
    expect(await faultOf('        labels: { a: &e up == foo(x) }\n        expr: *e\n')).toMatchObject({
      line: 6,
      column: 9,
    })
  })

  it('is nowhere in what is sound', async () => {
    expect(await faultOf('        expr: up == 0\n')).toBeUndefined()
  })
})
