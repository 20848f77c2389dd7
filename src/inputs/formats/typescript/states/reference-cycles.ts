/** References from one declared step or policy to the next: whether following them ends. */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { mayHandOver } from '../running/necessary-text.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { sourceOf, textOf, ts, walk, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

const PATTERN = 'reference-cycle'
const IDENTITIES = ['id', 'key', 'name', 'code', 'slug']

interface Reference {
  at: TS.PropertyAssignment
  /** Names of the declared things that the reference stands in, innermost first. */
  from: string[]
  to: string
}

export function referenceCycles(survey: Survey): Practice[] {
  return survey.files.flatMap(({ tree }) => (mayHandOver(tree.text) ? judgeFile(survey, tree) : []))
}

function judgeFile(survey: Survey, tree: TS.SourceFile): Practice[] {
  const references = referencesIn(survey, tree)
  const [first] = references
  if (!first) return []
  const cycle = cycleAmong(references)
  if (!cycle) {
    const isFollowed = references.some(({ to }) => references.some(({ from }) => from.includes(to)))
    const detail = 'The declared references lead to an end'
    return isFollowed ? [practice(survey, first.at, PATTERN, 'present', detail)] : []
  }
  const [start, ...others] = cycle as [Reference, ...Reference[]]
  const way = [...cycle.map(({ to }) => to), start.to].map((name) => `\`${name}\``).join(' → ')
  const related = others.map(({ at, to }) => ({ source: sourceOf(at), message: `leads to \`${to}\`` }))
  const isBounded = codeWords().stepBounds.test(tree.text)
  return [
    isBounded
      ? practice(
          survey,
          start.at,
          PATTERN,
          'unknown',
          `${way} leads back`,
          `${way} leads back to its start: which limit ends the chain, and after how many rounds?`,
          related,
        )
      : practice(
          survey,
          start.at,
          PATTERN,
          'absent',
          `${way} leads back to its start, and nothing declared here ends it`,
          null,
          related,
        ),
  ]
}

function referencesIn(survey: Survey, tree: TS.SourceFile): Reference[] {
  const references: Reference[] = []
  walk(tree, (node) => {
    if (!ts.isPropertyAssignment(node) || !codeWords().handsOver.test(nameOf(node))) return
    const value = valueOf(node.initializer, survey.resolver)
    const from = declaredAround(survey, node)
    if (value.kind === 'text' && from.length > 0) references.push({ at: node, from, to: value.value })
  })
  return references
}

/** By the identity written in an object around it, or by the key that the object stands under. */
function declaredAround(survey: Survey, reference: TS.PropertyAssignment): string[] {
  const names: string[] = []
  for (let at: TS.Node = reference.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isObjectLiteralExpression(at)) names.push(...identityOf(survey, at))
    if (ts.isPropertyAssignment(at)) names.push(nameOf(at))
  }
  return names
}

function identityOf(survey: Survey, object: TS.ObjectLiteralExpression): string[] {
  return object.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property) || !IDENTITIES.includes(nameOf(property))) return []
    const value = valueOf(property.initializer, survey.resolver)
    return value.kind === 'text' ? [value.value] : []
  })
}

function nameOf({ name }: TS.PropertyAssignment): string {
  return textOf(name).replace(/^['"]|['"]$/g, '')
}

/** The references of one way that leads back to its beginning; null when there is none. */
function cycleAmong(references: Reference[]): Reference[] | null {
  for (const start of references) {
    const way = wayBack(start, references)
    if (way) return way
  }
  return null
}

function wayBack(start: Reference, references: Reference[]): Reference[] | null {
  const ways: Reference[][] = [[start]]
  const seen = new Set<Reference>([start])
  for (let way = ways.shift(); way; way = ways.shift()) {
    const last = way.at(-1)!
    if (start.from.includes(last.to)) return way
    for (const next of references) {
      if (seen.has(next) || !next.from.includes(last.to)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return null
}
