import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { nodesNaming } from '../../../../src/inputs/formats/typescript/syntax/naming-nodes.js'
import { walk, ts, type TS } from '../../../../src/inputs/formats/typescript/syntax/syntax.js'
import { parse } from '../../../../src/inputs/formats/typescript/syntax/tree.js'
import { hasWord } from '../../../../src/inputs/formats/typescript/syntax/word-pattern.js'

const SAMPLE = 'samples/lomash-wood'

function named(name: string, code: string): string[] {
  return nodesNaming(name, parse('a.ts', code)).map((node) => node.getText())
}

describe('nodes that hold a name', () => {
  test('identifiers, and texts that have it as a word', () => {
    const code = `
      // timeout of a comment
      const timeout = 5 /* timeout */
      const timeouts = [setTimeout, options.timeout, { timeout }]
      const read = get('http.timeout') + get(\`timeout\`) + \`timeout \${a}\` + 'timeouts'`
    expect(named('timeout', code)).toEqual([
      'timeout',
      'timeout',
      'timeout',
      "'http.timeout'",
      '`timeout`',
      '`timeout ${',
    ])
  })

  test('a text that has it twice counts once, and none is found where there is none', () => {
    expect(named('retries', "const a = 'retries and retries'")).toEqual(["'retries and retries'"])
    expect(named('retries', 'const a = 1')).toEqual([])
  })

  test('the same nodes are found by going over the whole tree', () => {
    for (const file of readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue
      const tree = parse(file, readFileSync(join(SAMPLE, file), 'utf8'))
      for (const name of new Set(tree.text.match(/[A-Za-z_$][\w$]*/g)))
        expect(nodesNaming(name, tree), `${file}: ${name}`).toEqual(byWalk(name, tree))
    }
  })
})

function byWalk(name: string, tree: TS.SourceFile): TS.Node[] {
  const found: TS.Node[] = []
  walk(tree, (node) => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node)
    if (ts.isIdentifier(node) ? node.text === name : isText && hasWord(node.text, name)) found.push(node)
  })
  return found
}
