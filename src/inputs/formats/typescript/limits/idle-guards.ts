/** Breakers and limiters of libraries that are made for the whole process, and through which no call goes. */
import type { Practice } from '../../../../facts/code.js'
import { practice } from '../survey/practice.js'
import type { WrapperSeen } from '../survey/shapes.js'
import type { Survey } from '../survey/survey.js'
import { bare, ts, walk, type TS } from '../syntax/syntax.js'
import { isSetUp, isUse, MEMORY } from './shared-guards.js'

const PATTERN = 'guard-used'

export function idleGuards(survey: Survey): Practice[] {
  return survey.wrappers
    .filter(({ wrapper }) => MEMORY.some((pattern) => pattern in wrapper.gives))
    .flatMap((seen) => judgeGuard(survey, seen))
}

/** Where one of its uses could not be told, it may be handed to whoever makes calls through it. */
function judgeGuard(survey: Survey, { made, library }: WrapperSeen): Practice[] {
  const name = nameOf(made)
  const uses = name && usesOf(survey, made, name)
  if (!name || !uses) return []
  const guard = `\`${name.text}\` of ${library.title}`
  if (uses.some(isUse)) return [practice(survey, made, PATTERN, 'present', `${guard} is used`)]
  return uses.every(isSetUp)
    ? [practice(survey, made, PATTERN, 'inert', `${guard} is created, and no call goes through it`)]
    : []
}

/** Of a constant of the module. */
function nameOf(made: TS.Expression): TS.Identifier | null {
  let at: TS.Node = made.parent
  while (ts.isExpression(at) && bare(at) === made) at = at.parent
  if (!ts.isVariableDeclaration(at) || !ts.isIdentifier(at.name)) return null
  return ts.isSourceFile(at.parent.parent.parent) ? at.name : null
}

/** Null where users of the package may use it, or nothing is known of who names it. */
function usesOf(survey: Survey, made: TS.Node, name: TS.Identifier): TS.Identifier[] | null {
  const { fileName } = made.getSourceFile()
  const mentions = survey.uncalled?.mentions
  if (!mentions || mentions.isPublished(fileName) || mentions.isUsedByComponents(fileName)) return null
  const uses: TS.Identifier[] = []
  for (const tree of survey.modules.treesWith(name.text, mentions.readersOf(fileName)))
    walk(tree, (node) => {
      if (ts.isIdentifier(node) && node.text === name.text && node !== name && isIt(survey, node, made))
        uses.push(node)
    })
  return uses
}

/** The guard, or what may be it. */
function isIt(survey: Survey, name: TS.Identifier, made: TS.Node): boolean {
  const { parent } = name
  const passesOn = ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)
  if (ts.isTypeQueryNode(parent) || (passesOn && parent.propertyName === undefined)) return false
  if (ts.isPropertyAssignment(parent) && parent.name === name) return false
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === name
  const found = survey.resolver.resolve(isMember ? parent : name)
  return found.kind === 'value' ? found.node === made || found.or !== undefined : !isMember
}
