/** Settings that SQL in the code makes: `SET LOCAL statement_timeout = 5000` bounds what runs in the same transaction. */
import type { Guard } from '../../../../facts/code.js'
import type { GuardFacts } from '../../../../knowledge/libraries/guards.js'
import { plain } from '../values/guard-values.js'
import { packageOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { sourceOf, ts, walk, type TS } from '../syntax/syntax.js'

export class SqlSettings {
  readonly #found = new Map<string, TS.Node[]>()

  constructor(readonly survey: Survey) {}

  /** Which statements are bounded by it, syntax cannot tell; null where none in the package makes such a setting. */
  guard({ statements }: GuardFacts, at: TS.Node): Guard | null {
    const folder = packageOf(this.survey, at)
    for (const name of statements) {
      const node = this.#texts(name).find((text) => packageOf(this.survey, text) === folder)
      if (!node) continue
      const reason = `a statement sets \`${name}\` for its transaction or session: which others run without it?`
      return { ...plain('unknown', reason), source: sourceOf(node) }
    }
    return null
  }

  #texts(name: string): TS.Node[] {
    let found = this.#found.get(name)
    if (!found) {
      this.#found.set(name, (found = []))
      const sets = new RegExp(`\\bset\\b[^;]*\\b${name}\\b`, 'i')
      for (const tree of this.survey.modules.treesWith(name))
        walk(tree, (node) => {
          const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
          if (isText && sets.test(node.getText())) found!.push(node)
        })
    }
    return found
  }
}
