/** Who may read a setting: whoever asks for it by its name, and whoever gets an object that holds it. */
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Modules } from '../modules/modules.js'
import type { Uncalled } from '../running/uncalled.js'
import type { Resolver } from '../values/resolve.js'
import { hasWord } from '../running/mentions.js'
import { bare, calleeName, some, textOf, ts, type TS } from '../syntax/syntax.js'
import type { DeclaredSetting } from './declared-settings.js'

/**
 * `read`: by name, of this object; `open`: by name, of an object that may be this one, or a library gets the object;
 * `handed-on`: it is handed on as a whole, and nothing speaks of the setting by name.
 */
export type Use = 'read' | 'open' | 'handed-on' | 'none'

export class SettingUses {
  constructor(
    readonly modules: Modules,
    readonly resolver: Resolver,
    readonly uncalled: Uncalled,
  ) {}

  of(setting: DeclaredSetting): Use {
    const readers = this.uncalled.mentions.readersOf(setting.root.getSourceFile().fileName)
    const named = this.#readByName(setting, readers)
    return named === 'none' ? this.#handedOn(setting, readers) : named
  }

  #readByName({ path, root, property }: DeclaredSetting, readers: string[]): Use {
    const name = path.at(-1)!
    if (this.uncalled.mentions.isPutTogether(name)) return 'open'
    let use: Use = 'none'
    for (const tree of this.modules.treesWith(name, readers))
      some(tree, (node) => {
        const found = node === property ? 'none' : this.#readAt(node, name, root, property)
        if (use !== 'read' && found !== 'none') use = found
        return use === 'read'
      })
    return use
  }

  #readAt(
    node: TS.Node,
    name: string,
    root: TS.ObjectLiteralExpression,
    { parent: owner }: TS.PropertyAssignment,
  ): Use {
    if (ts.isPropertyAccessExpression(node) && node.name.text === name) {
      const found = this.resolver.resolve(node.expression)
      if (found.kind === 'library' || found.kind === 'global') return 'none'
      if (found.kind !== 'value' || found.or || !ts.isObjectLiteralExpression(found.node)) return 'open'
      return found.node === owner || found.node === root ? 'read' : 'none'
    }
    const isNamed =
      (ts.isBindingElement(node) && textOf(node.propertyName ?? node.name) === name) ||
      (isText(node) && !isKey(node) && hasWord(node.text, name))
    return isNamed ? 'open' : 'none'
  }

  #handedOn(setting: DeclaredSetting, readers: string[]): Use {
    const { name } = setting.variable
    let use: Use = 'none'
    for (const tree of this.modules.treesWith(name.text, readers))
      some(tree, (node) => {
        const found = ts.isIdentifier(node) && node.text === name.text ? this.#useAt(node, setting) : 'none'
        if (found !== 'none') use = found
        return use !== 'none'
      })
    return use
  }

  #useAt(name: TS.Identifier, { variable, root, path }: DeclaredSetting): Use {
    const { parent } = name
    if (name === variable.name || ts.isTypeQueryNode(parent) || isKey(name)) return 'none'
    if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent))
      return parent.propertyName === undefined ? 'none' : 'handed-on'
    const isMember = ts.isPropertyAccessExpression(parent) && parent.name === name
    const use = isMember ? parent : name
    const found = this.resolver.resolve(use)
    if (found.kind === 'value' && found.node !== root && !found.or) return 'none'
    const isOther = found.kind === 'library' || found.kind === 'global' || found.kind === 'parameter'
    if (isOther || (isMember && found.kind !== 'value')) return 'none'
    return this.#fateOf(use, path)
  }

  /** What is done with the object, or with the part of it that leads to the setting. */
  #fateOf(use: TS.Expression, path: string[]): Use {
    const whole = outermost(use)
    const { parent } = whole
    if (ts.isPropertyAccessExpression(parent) && parent.expression === whole)
      return this.#ofMember(parent, parent.name.text, path)
    if (ts.isElementAccessExpression(parent) && parent.expression === whole) {
      const { argumentExpression: key } = parent
      return ts.isStringLiteralLike(key) ? this.#ofMember(parent, key.text, path) : 'handed-on'
    }
    if (this.uncalled.around(use) !== null || isLogged(whole)) return 'none'
    if (takesOther(parent, path[0]!)) return 'none'
    return this.#isGivenToLibrary(whole) ? 'open' : 'handed-on'
  }

  /** Which of its members a library reads, only its own code says. */
  #isGivenToLibrary(whole: TS.Expression): boolean {
    for (let at: TS.Node = whole; ts.isExpression(at) || ts.isSpreadAssignment(at); at = at.parent) {
      const { parent } = at
      if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) continue
      return this.resolver.resolve(parent.expression).kind !== 'value'
    }
    return false
  }

  #ofMember(access: TS.Expression, name: string, [first, ...rest]: string[]): Use {
    if (name !== first) return 'none'
    return rest.length === 0 ? 'read' : this.#fateOf(access, rest)
  }
}

function isText(node: TS.Node): node is TS.StringLiteralLike {
  return ts.isStringLiteralLike(node) || ts.isTemplateHead(node)
}

/** The name of a property or of a field, in an object or in a type. */
function isKey(node: TS.Node): boolean {
  const { parent } = node
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isParameter(parent)) &&
    parent.name === node
  )
}

/** The expression with parentheses and casts around it. */
function outermost(node: TS.Expression): TS.Expression {
  let at = node
  while (ts.isExpression(at.parent) && at.parent !== node && bare(at.parent) === node) at = at.parent
  return at
}

/** `logger.info('settings', config)`: it is shown, and bounds nothing. */
function isLogged({ parent }: TS.Expression): boolean {
  return ts.isCallExpression(parent) && codeWords().logs.test(calleeName(parent))
}

/** `const { host, port } = config` takes nothing else. */
function takesOther(parent: TS.Node, name: string): boolean {
  if (!ts.isVariableDeclaration(parent) || !ts.isObjectBindingPattern(parent.name)) return false
  return parent.name.elements.every(
    (element) => !element.dotDotDotToken && textOf(element.propertyName ?? element.name) !== name,
  )
}
