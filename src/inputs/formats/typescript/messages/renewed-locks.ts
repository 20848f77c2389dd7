/** Timeouts of jobs that are given as the duration of a lock, which is renewed as long as the job runs. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Library } from '../../../../knowledge/libraries.js'
import { importsOneOf } from './job-options.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { some, textOf, ts, walk, type TS } from '../syntax/syntax.js'

export function renewedLocks(survey: Survey): Practice[] {
  return survey.shapes.libraries.flatMap((library) => locksOf(library, survey))
}

function locksOf({ renewedLock: facts }: Library, survey: Survey): Practice[] {
  if (!facts) return []
  const { option, reason } = facts
  const usedOtherwise = new Map<string, boolean>()
  const isUsed = (name: string): boolean => {
    if (!usedOtherwise.has(name)) usedOtherwise.set(name, isUsedOtherwise(name, option, survey))
    return usedOtherwise.get(name)!
  }
  return survey.files.flatMap(({ tree }) => {
    if (!tree.text.includes(option) || !importsOneOf(facts, tree)) return []
    return settingsIn(tree, option).flatMap(({ at, name }) => {
      if (isUsed(name)) return []
      const detail = `\`${name}\` is given as \`${option}\`: ${reason}`
      return practice(survey, at, 'timeout-inert', 'inert', detail)
    })
  })
}

/** `lockDuration: JOB_TIMEOUT_MS`, with the name that speaks of a timeout. */
function settingsIn(tree: TS.SourceFile, option: string): { at: TS.Node; name: string }[] {
  const found: { at: TS.Node; name: string }[] = []
  walk(tree, (node) => {
    if (!ts.isPropertyAssignment(node) || textOf(node.name) !== option) return
    const name = timeoutIn(node.initializer)
    if (name !== null) found.push({ at: node, name })
  })
  return found
}

function timeoutIn(value: TS.Expression): string | null {
  let name: string | null = null
  some(value, (node) => {
    if (ts.isIdentifier(node) && codeWords().limitsTime.test(node.text)) name = node.text
    return name !== null
  })
  return name
}

/** The same time is also used for something else, which may end the work: `AbortSignal.timeout(JOB_TIMEOUT_MS)`. */
function isUsedOtherwise(name: string, option: string, survey: Survey): boolean {
  return survey.modules
    .treesWith(name)
    .some((tree) => some(tree, (node) => isNamed(node, name) && !isDeclared(node) && !isFor(option, node)))
}

function isNamed(node: TS.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name
}

/** Or taken from another module. */
function isDeclared(node: TS.Node): boolean {
  const { parent } = node
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return true
  return (ts.isVariableDeclaration(parent) || isMember(parent)) && parent.name === node
}

function isMember(node: TS.Node): node is TS.PropertyAssignment | TS.PropertySignature {
  return ts.isPropertyAssignment(node) || ts.isPropertySignature(node)
}

function isFor(option: string, node: TS.Node): boolean {
  for (let at = node; !ts.isStatement(at) && !ts.isSourceFile(at); at = at.parent)
    if (ts.isPropertyAssignment(at) && textOf(at.name) === option) return true
  return false
}
