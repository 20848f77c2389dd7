/** The whole vocabulary, and facts kept in fixed order by kind. */
import type { AlertRelabelling } from './alert-relabelling.js'
import type { AlertTest } from './alert-test.js'
import type { AlertFact } from './alert.js'
import type { CodeFact } from './code.js'
import type { ExperimentFact } from './experiment.js'
import type { Incident } from './incident.js'
import type { KubernetesFact } from './kubernetes.js'
import type { MeshFact } from './mesh.js'
import type { Requirement } from './requirement.js'
import type { SafetyPolicy } from './safety-policy.js'
import { compareSources } from './source.js'
import type { AlertmanagerObject, AlertRouting } from './routing.js'
import type { Suppression } from './suppression.js'
import type { UnreadTemplate } from './unread-template.js'

export type Fact =
  | AlertFact
  | AlertRelabelling
  | AlertTest
  | CodeFact
  | ExperimentFact
  | Incident
  | KubernetesFact
  | MeshFact
  | AlertRouting
  | AlertmanagerObject
  | Requirement
  | SafetyPolicy
  | Suppression
  | UnreadTemplate
export type FactKind = Fact['fact']
export type FactOf<Kind extends FactKind> = Extract<Fact, { fact: Kind }>

/** All facts of a run, sorted by source, so that the same input gives the same bytes. */
export class Facts {
  readonly #byKind = new Map<FactKind, Fact[]>()

  constructor(facts: Iterable<Fact>) {
    for (const fact of facts) {
      const list = this.#byKind.get(fact.fact)
      if (list) list.push(fact)
      else this.#byKind.set(fact.fact, [fact])
    }
    for (const list of this.#byKind.values()) list.sort((a, b) => compareSources(a.source, b.source))
  }

  get isEmpty(): boolean {
    return this.#byKind.size === 0
  }

  /** Of all kinds. */
  all(): Fact[] {
    return [...this.#byKind.values()].flat()
  }

  of<Kind extends FactKind>(kind: Kind): FactOf<Kind>[] {
    return (this.#byKind.get(kind) ?? []) as FactOf<Kind>[]
  }
}
