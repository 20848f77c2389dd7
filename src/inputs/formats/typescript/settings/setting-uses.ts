/** Who may read a setting: whoever asks for it by its name, and whoever gets an object that holds it. */
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Modules } from '../modules/modules.js'
import type { Uncalled } from '../running/uncalled.js'
import type { Resolver } from '../values/resolve.js'
import { nodesNaming, type Naming } from '../syntax/naming-nodes.js'
import { calleeName, outermost, textOf, ts, type TS } from '../syntax/syntax.js'
import type { DeclaredSetting } from './declared-settings.js'

/**
 * `read`: by name, of this object; `open`: by name, of an object that may be this one, or a library gets the object;
 * `handed-on`: it is handed on as a whole, and nothing speaks of the setting by name.
 */
export type Use = 'read' | 'open' | 'handed-on' | 'none'

export class SettingUses {
  readonly #named = new Map<string, Naming[]>()
  readonly #uses = new Map<TS.VariableDeclaration, (TS.Expression | 'renamed')[]>()

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
    for (const node of this.#naming(name, root, readers)) {
      const found = this.#readAt(node, root, property)
      if (found === 'read') return found
      if (found !== 'none') use = found
    }
    return use
  }

  #readAt(node: Naming, root: TS.ObjectLiteralExpression, { parent: owner }: TS.PropertyAssignment): Use {
    const { parent } = node
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
      const found = this.resolver.resolve(parent.expression)
      if (found.kind === 'library' || found.kind === 'global') return 'none'
      if (found.kind !== 'value' || found.or || !ts.isObjectLiteralExpression(found.node)) return 'open'
      return found.node === owner || found.node === root ? 'read' : 'none'
    }
    const isTaken = ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node
    return isTaken || (!ts.isIdentifier(node) && !isKey(node)) ? 'open' : 'none'
  }

  #handedOn(setting: DeclaredSetting, readers: string[]): Use {
    for (const use of this.#usesOf(setting, readers)) {
      const found = use === 'renamed' ? 'handed-on' : this.#fateOf(use, setting.path)
      if (found !== 'none') return found
    }
    return 'none'
  }

  /** Of the variable: the same for all settings of its object. */
  #usesOf({ variable, root }: DeclaredSetting, readers: string[]): (TS.Expression | 'renamed')[] {
    let uses = this.#uses.get(variable)
    if (!uses) {
      uses = this.#naming(variable.name.text, root, readers).flatMap((node) =>
        ts.isIdentifier(node) ? (this.#useAt(node, variable, root) ?? []) : [],
      )
      this.#uses.set(variable, uses)
    }
    return uses
  }

  /** Names and texts that have a name in them, in all that may read what stands in one module. */
  #naming(name: string, root: TS.Node, readers: string[]): Naming[] {
    const key = `${this.modules.packageOf(root.getSourceFile().fileName)?.folder}\n${name}`
    let naming = this.#named.get(key)
    if (!naming) {
      naming = this.modules.treesWith(name, readers).flatMap((tree) => nodesNaming(name, tree))
      this.#named.set(key, naming)
    }
    return naming
  }

  /** Null where it is none; under another name it is not followed. */
  #useAt(
    name: TS.Identifier,
    variable: DeclaredSetting['variable'],
    root: TS.Node,
  ): TS.Expression | 'renamed' | null {
    const { parent } = name
    if (name === variable.name || ts.isTypeQueryNode(parent) || isKey(name)) return null
    if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent))
      return parent.propertyName === undefined ? null : 'renamed'
    const isMember = ts.isPropertyAccessExpression(parent) && parent.name === name
    const use = isMember ? parent : name
    const found = this.resolver.resolve(use)
    if (found.kind === 'value' && found.node !== root && !found.or) return null
    const isOther = found.kind === 'library' || found.kind === 'global' || found.kind === 'parameter'
    return isOther || (isMember && found.kind !== 'value') ? null : use
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
