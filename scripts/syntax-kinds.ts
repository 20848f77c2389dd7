/**
 * For the build: kinds of syntax as the numbers that they are. `ts.SyntaxKind.Block` is looked up in two objects whenever a node
 * is asked what it is, and a `switch` over what is looked up compares one by one.
 */
import { readFileSync } from 'node:fs'
import type { Plugin } from 'esbuild'
import { ts } from 'ts-morph'

export const syntaxKinds: Plugin = {
  name: 'syntax-kinds',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]src[/\\].*[/\\]typescript[/\\].*\.ts$/ }, ({ path }) => ({
      contents: withNumbers(readFileSync(path, 'utf8')),
      loader: 'ts',
    }))
  },
}

function withNumbers(code: string): string {
  return code.replace(/\bts\.SyntaxKind\.(\w+)/g, (_, name: keyof typeof ts.SyntaxKind) =>
    String(ts.SyntaxKind[name]),
  )
}
