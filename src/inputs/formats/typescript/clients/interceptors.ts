/** Guards that classes of the project put around the handlers of requests: `@UseInterceptors(TimeoutInterceptor)`. */
import type { Intercepts } from '../../../../knowledge/libraries/interceptors.js'
import { findOption } from '../values/options.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, classAround, ts, walk, type TS } from '../syntax/syntax.js'
import { merge, type Guards, type Wrappers } from '../survey/wrappers.js'

export class Interceptors {
  readonly #facts: Intercepts[]
  readonly #given = new Map<TS.Node, Guards>()
  /** What is given where one is put around all handlers, in any package. */
  readonly #arguments = new Map<Intercepts, TS.Expression[]>()
  readonly #everywhere = new Map<string, Guards>()

  constructor(
    readonly survey: Survey,
    readonly wrappers: Wrappers,
  ) {
    this.#facts = survey.shapes.libraries.flatMap(({ intercepts }) => intercepts ?? [])
  }

  /** Of a method that handles requests. */
  around(owner: TS.FunctionLikeDeclaration): Guards {
    const guards: Guards = {}
    const around = classAround(owner)
    if (!ts.isMethodDeclaration(owner) || !around || !ts.isClassDeclaration(around)) return guards
    for (const facts of this.#facts) {
      if (!isHandler(owner, around, facts)) continue
      for (const node of [owner, around])
        for (const argument of argumentsOf(node, facts.decorator)) merge(guards, this.#of(argument, facts))
      merge(guards, this.#ofAll(owner, facts))
    }
    return guards
  }

  /** Those that stand around every handler of the package. */
  #ofAll(owner: TS.Node, facts: Intercepts): Guards {
    const folder = this.#folder(owner)
    const key = `${folder}\n${facts.token}`
    let guards = this.#everywhere.get(key)
    if (!guards) {
      this.#everywhere.set(key, (guards = {}))
      for (const argument of this.#forAll(facts))
        if (this.#folder(argument) === folder) merge(guards, this.#of(argument, facts))
    }
    return guards
  }

  #forAll(facts: Intercepts): TS.Expression[] {
    let found = this.#arguments.get(facts)
    if (!found) this.#arguments.set(facts, (found = [...this.#registered(facts), ...this.#provided(facts)]))
    return found
  }

  #registered({ method }: Intercepts): TS.Expression[] {
    return this.survey.callsNamed(method).flatMap((call) => [...call.arguments])
  }

  /** `{ provide: APP_INTERCEPTOR, useClass: TimeoutInterceptor }`, where it imports the token or is registered. */
  #provided({ token }: Intercepts): TS.Expression[] {
    const found: TS.Expression[] = []
    for (const tree of this.survey.modules.treesWith(token))
      walk(tree, (node) => {
        if (!ts.isPropertyAssignment(node) || node.name.getText() !== 'provide') return
        if (node.initializer.getText() !== token) return
        for (const name of ['useClass', 'useExisting', 'useValue', 'useFactory']) {
          const given = findOption([node.parent], name, this.survey.resolver)
          if (given.state === 'found' && ts.isExpression(given.value)) found.push(given.value)
        }
      })
    return found
  }

  /** What it puts around going on to the handler. */
  #of(argument: TS.Expression, { goesOn }: Intercepts): Guards {
    const found = this.survey.resolver.resolve(bare(argument))
    const owner = found.kind === 'instance' ? found.of : found.kind === 'value' ? found.node : null
    if (!owner) return {}
    let guards = this.#given.get(owner)
    if (!guards) {
      this.#given.set(owner, (guards = {}))
      const around = guards
      walk(owner, (node) => {
        if (ts.isCallExpression(node) && calleeName(node) === goesOn)
          merge(around, this.wrappers.around(node))
      })
    }
    return guards
  }

  #folder(node: TS.Node): string {
    return this.survey.modules.packageOf(node.getSourceFile().fileName)?.folder ?? ''
  }
}

/** A public method with a decorator, in a class of handlers. */
function isHandler(
  owner: TS.MethodDeclaration,
  around: TS.ClassDeclaration,
  { handlers }: Intercepts,
): boolean {
  return decoratorsOf(owner).length > 0 && decoratorsOf(around).some(({ name }) => handlers.includes(name))
}

function argumentsOf(node: TS.MethodDeclaration | TS.ClassDeclaration, decorator: string): TS.Expression[] {
  return decoratorsOf(node).flatMap(({ name, given }) => (name === decorator ? given : []))
}

function decoratorsOf(
  node: TS.MethodDeclaration | TS.ClassDeclaration,
): { name: string; given: readonly TS.Expression[] }[] {
  return (ts.getDecorators(node) ?? []).flatMap(({ expression }) =>
    ts.isCallExpression(expression) ? [{ name: calleeName(expression), given: expression.arguments }] : [],
  )
}
