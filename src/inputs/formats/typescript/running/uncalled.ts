/**
 * Functions, classes and methods that nothing names from anywhere: they are loaded, and never run. Only what is certain by
 * names counts: a name that stands somewhere, if only for another thing, may call it.
 */
import type { CodeFact, UncalledCode } from '../../../../facts/code.js'
import { declaredAround, isExportList, type DeclaredCode } from '../modules/declared-code.js'
import { exportsOf } from '../modules/exports.js'
import type { Modules } from '../modules/modules.js'
import type { Mentions } from './mentions.js'
import { wordPattern } from '../syntax/word-pattern.js'
import { sourceOf, type TS } from '../syntax/syntax.js'

/** By whom something is not called: `mentions` are those of all others. */
export interface Absent {
  why: UncalledCode['why']
  mentions: Mentions
  /** Of which modules it says anything; all unless given. */
  isOf?: (tree: TS.SourceFile) => boolean
}

interface Idle {
  declared: DeclaredCode
  why: UncalledCode['why']
}

export class Uncalled {
  readonly #views: (Omit<Absent, 'mentions'> & { by: UncalledBy })[]

  /** `mentions` are all that there are; `absences` leave some of them out, and are asked in this order. */
  constructor(
    readonly mentions: Mentions,
    absences: Absent[] = [],
  ) {
    this.#views = [{ why: 'no-caller', mentions } satisfies Absent, ...absences].map(
      ({ mentions, ...view }) => ({ ...view, by: new UncalledBy(mentions) }),
    )
  }

  /** The outermost declaration around a node that nothing calls; null where all of them may be called. */
  around(node: TS.Node): DeclaredCode | null {
    const tree = node.getSourceFile()
    return this.at(tree, node.getStart(tree, false))?.declared ?? null
  }

  at(tree: TS.SourceFile, offset: number): Idle | null {
    const around = declaredAround(tree, offset)
    for (const { why, by, isOf } of this.#views) {
      if (isOf?.(tree) === false) continue
      const declared = around.findLast((one) => by.isUncalled(one, tree))
      if (declared) return { declared, why }
    }
    return null
  }
}

const callersIn = new WeakMap<DeclaredCode, DeclaredCode[] | null>()

class UncalledBy {
  readonly #known = new Map<DeclaredCode, boolean>()
  readonly #outside = new Map<DeclaredCode, boolean>()

  constructor(readonly mentions: Mentions) {}

  isUncalled(declared: DeclaredCode, tree: TS.SourceFile): boolean {
    let known = this.#known.get(declared)
    if (known === undefined) this.#known.set(declared, (known = !this.#mayBeCalled(declared, tree)))
    return known
  }

  /** From outside, by what the module does on being loaded, or by a declaration of which that is so. */
  #mayBeCalled(start: DeclaredCode, tree: TS.SourceFile): boolean {
    if (start.kind === 'member' && this.mentions.isPublished(tree.fileName)) return true
    if (this.mentions.isUsedByComponents(tree.fileName)) return true
    const callers = new Set([start])
    for (const declared of callers) {
      if (this.#isCalledFromOutside(declared, tree)) return true
      const naming = this.#namedIn(declared, tree)
      if (naming === null) return true
      for (const caller of naming) callers.add(caller)
    }
    return false
  }

  /** The declarations that name one; null where what runs on loading does. Each is asked about for all that it calls. */
  #namedIn(declared: DeclaredCode, tree: TS.SourceFile): DeclaredCode[] | null {
    let known = callersIn.get(declared)
    if (known === undefined) callersIn.set(declared, (known = namingOf(declared, tree)))
    return known
  }

  #isCalledFromOutside(declared: DeclaredCode, tree: TS.SourceFile): boolean {
    let known = this.#outside.get(declared)
    if (known === undefined) this.#outside.set(declared, (known = this.#isNamedOutside(declared, tree)))
    return known
  }

  #isNamedOutside({ kind, name, exportedAs }: DeclaredCode, tree: TS.SourceFile): boolean {
    const { fileName } = tree
    if (kind !== 'member') return this.mentions.isUsedElsewhere(fileName, exportedAs)
    return (
      this.mentions.isNamedElsewhere(fileName, name) ||
      this.mentions.isGivenOut(fileName, [...exportsOf(tree).named.keys()])
    )
  }
}

function namingOf(declared: DeclaredCode, tree: TS.SourceFile): DeclaredCode[] | null {
  const naming = new Set<DeclaredCode>()
  for (const { index } of tree.text.matchAll(wordPattern(declared.name))) {
    if (isInside(declared, index) || isHandedOut(tree, index)) continue
    const [caller] = declaredAround(tree, index)
    if (!caller) return null
    naming.add(caller)
  }
  return [...naming]
}

function isInside({ nodes }: DeclaredCode, offset: number): boolean {
  return nodes.some(({ pos, end }) => pos <= offset && offset < end)
}

function isHandedOut(tree: TS.SourceFile, offset: number): boolean {
  return tree.statements.some(
    (statement) => statement.pos <= offset && offset < statement.end && isExportList(statement),
  )
}

/** The declarations around facts that nothing calls. */
export function uncalledAround(facts: CodeFact[], uncalled: Uncalled, modules: Modules): UncalledCode[] {
  const found = new Map<DeclaredCode, UncalledCode>()
  for (const { source } of facts) {
    const tree = modules.tree(source.path)
    if (!tree) continue
    const idle = uncalled.at(tree, tree.getPositionOfLineAndCharacter(source.line - 1, source.column - 1))
    if (idle && !found.has(idle.declared)) found.set(idle.declared, factOf(idle, modules))
  }
  return [...found.values()]
}

function factOf({ declared: { label, nodes }, why }: Idle, modules: Modules): UncalledCode {
  const source = sourceOf(nodes.at(-1)!)
  return {
    fact: 'uncalled-code',
    source,
    package: modules.packageOf(source.path)?.folder ?? '',
    name: label,
    why,
  }
}
