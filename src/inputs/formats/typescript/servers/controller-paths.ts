/** Under which paths the methods of controllers answer: their own, behind a version and what stands before all of the application. */
import type { ControllerPathFacts } from '../../../../knowledge/libraries/paths.js'
import type { Lookup } from '../values/lookups.js'
import { findOption } from '../values/options.js'
import { joined, pathEndOf, UNKNOWN_PATH, WHOLE_ROOT, type PathEnd } from '../values/path-ends.js'
import { packageOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, ts, type TS } from '../syntax/syntax.js'

type Decorated = TS.ClassDeclaration | TS.MethodDeclaration

export class ControllerPaths {
  readonly #facts: ControllerPathFacts[]

  constructor(readonly survey: Survey) {
    this.#facts = survey.shapes.libraries.flatMap(({ paths }) => paths ?? [])
  }

  /** One for each version; none of a method that answers no GET. */
  of(owner: TS.ClassDeclaration, member: TS.MethodDeclaration): PathEnd[] {
    return this.#facts.flatMap((facts) => {
      const prefix = this.#decorated(owner, facts.controller)
      const own = prefix && this.#decorated(member, facts.get)
      if (!prefix || !own) return []
      const path = joined(prefix, own)
      const before = this.#prefixOf(path, member, facts)
      return this.#versionsOf(owner, member, facts).map((version) => joined(joined(before, version), path))
    })
  }

  /** The path given to a decorator, '' when none is given, null without the decorator. */
  #decorated(node: Decorated, name: string): PathEnd | null {
    const decorator = decoratorOf(node, name)
    if (!decorator) return null
    const [argument] = decorator.arguments
    if (!argument) return WHOLE_ROOT
    if (!ts.isObjectLiteralExpression(argument)) return pathEndOf(argument, this.survey.resolver)
    return this.#pathAt(findOption([argument], 'path', this.survey.resolver), WHOLE_ROOT)
  }

  #pathAt(found: Lookup, otherwise: PathEnd): PathEnd {
    if (found.state === 'none') return otherwise
    return found.state === 'found' && ts.isExpression(found.value)
      ? pathEndOf(found.value, this.survey.resolver)
      : UNKNOWN_PATH
  }

  /** The only call of a method in the package; `several` when it is not clear which counts. */
  #callOf(method: string, at: TS.Node): TS.CallExpression | 'several' | null {
    const folder = packageOf(this.survey, at)
    const calls = this.survey.callsNamed(method).filter((call) => packageOf(this.survey, call) === folder)
    return calls.length > 1 ? 'several' : (calls[0] ?? null)
  }

  #prefixOf(path: PathEnd, at: TS.Node, { globalPrefix, exclude }: ControllerPathFacts): PathEnd {
    const call = this.#callOf(globalPrefix, at)
    if (call === null) return WHOLE_ROOT
    if (call === 'several' || !call.arguments[0]) return UNKNOWN_PATH
    const excluded = findOption(call.arguments.slice(1, 2), exclude, this.survey.resolver)
    const isWithout = excluded.state === 'none' ? false : this.#holds(excluded, path)
    if (isWithout === null) return UNKNOWN_PATH
    return isWithout ? WHOLE_ROOT : pathEndOf(call.arguments[0], this.survey.resolver)
  }

  /** Whether a list of paths has one; null when it could not be read. */
  #holds(list: Lookup, path: PathEnd): boolean | null {
    const elements = list.state === 'found' && ts.isExpression(list.value) ? this.#listed(list.value) : null
    if (!elements || !path.isWhole) return null
    const held = elements.map((element) => {
      const node = bare(element)
      const one = ts.isObjectLiteralExpression(node)
        ? this.#pathAt(findOption([node], 'path', this.survey.resolver), UNKNOWN_PATH)
        : pathEndOf(node, this.survey.resolver)
      return one.isWhole ? matches(one.text, path.text) : null
    })
    return held.includes(true) ? true : held.includes(null) ? null : false
  }

  #listed(expression: TS.Expression): readonly TS.Expression[] | null {
    const found = this.survey.resolver.resolve(expression)
    return found.kind === 'value' && ts.isArrayLiteralExpression(found.node) ? found.node.elements : null
  }

  /** The versions as parts of the path; one that is empty without versions. */
  #versionsOf(
    owner: TS.ClassDeclaration,
    member: TS.MethodDeclaration,
    facts: ControllerPathFacts,
  ): PathEnd[] {
    const call = this.#callOf(facts.versioning, member)
    if (call === null) return [WHOLE_ROOT]
    if (call === 'several') return [UNKNOWN_PATH]
    const { resolver } = this.survey
    const type = findOption(call.arguments, 'type', resolver)
    if (type.state === 'open') return [UNKNOWN_PATH]
    if (type.state === 'found' && !type.value.getText().endsWith(facts.byPath)) return [WHOLE_ROOT]
    const prefix = this.#pathAt(findOption(call.arguments, 'prefix', resolver), {
      text: facts.versionPrefix,
      isWhole: true,
    })
    const written = this.#versionOf(owner, member, call, facts)
    if (written === null) return [WHOLE_ROOT]
    return (this.#listed(written) ?? [written]).map((version) => {
      if (version.getText().endsWith(facts.neutral)) return WHOLE_ROOT
      const { text, isWhole } = pathEndOf(version, resolver)
      return isWhole && prefix.isWhole ? { text: prefix.text + text, isWhole } : UNKNOWN_PATH
    })
  }

  /** That of the method, of its class, or of all. */
  #versionOf(
    owner: TS.ClassDeclaration,
    member: TS.MethodDeclaration,
    call: TS.CallExpression,
    { version, controller }: ControllerPathFacts,
  ): TS.Expression | null {
    const own = decoratorOf(member, version)?.arguments[0] ?? decoratorOf(owner, version)?.arguments[0]
    if (own) return own
    for (const [given, option] of [
      [decoratorOf(owner, controller)?.arguments, 'version'],
      [call.arguments, 'defaultVersion'],
    ] as const) {
      const objects = (given ?? []).filter(ts.isObjectLiteralExpression)
      const found = findOption(objects, option, this.survey.resolver)
      if (found.state === 'found' && ts.isExpression(found.value)) return found.value
    }
    return null
  }
}

function decoratorOf(node: Decorated, name: string): TS.CallExpression | null {
  for (const { expression } of ts.getDecorators(node) ?? [])
    if (ts.isCallExpression(expression) && calleeName(expression) === name) return expression
  return null
}

/** Of a pattern, as `health/(.*)`, what stands before its first special sign. */
function matches(pattern: string, path: string): boolean {
  const [one, other] = [pattern, path].map((text) => text.split('/').filter(Boolean).join('/')) as [
    string,
    string,
  ]
  const special = one.search(/[(*:{]/)
  return special < 0 ? one === other : `${other}/`.startsWith(one.slice(0, special))
}
