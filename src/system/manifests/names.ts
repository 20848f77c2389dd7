/** Objects by the names that others call them: looked up for every address, so found without a walk over all. */
import type {
  Autoscaler,
  ConfigData,
  DisruptionBudget,
  EntryPoint,
  NetworkService,
  VolumeClaim,
  Workload,
} from '../../facts/kubernetes.js'
import type { Kustomizations, Placed } from './kustomize.js'
import { Vicinity } from './vicinity.js'
import type { Namespace, TrafficPolicies, TrafficRoutes } from '../../facts/mesh.js'

type Object =
  | Workload
  | NetworkService
  | DisruptionBudget
  | Autoscaler
  | EntryPoint
  | ConfigData
  | VolumeClaim
  | TrafficRoutes
  | TrafficPolicies
  | Namespace
type ObjectOf<Fact> = Extract<Object, { fact: Fact }>

export class Names {
  readonly #written: Vicinity<Object>
  readonly #deployed: Vicinity<Object>

  constructor(objects: Object[], kustomizations: Kustomizations) {
    this.#written = new Vicinity(kustomizations)
    this.#deployed = new Vicinity(kustomizations)
    for (const object of objects) {
      const [written, ...deployed] = kustomizations.namesOf(object)
      for (const kind of ['', object.kind]) {
        this.#written.add(key(object.fact, written!, kind), object)
        for (const name of deployed) this.#deployed.add(key(object.fact, name, kind), object)
      }
    }
  }

  /**
   * Objects that are written under the name; else those that some kustomization gives it. With `from` those that it cannot
   * meet may be missing.
   */
  called<Fact extends Object['fact']>(
    fact: Fact,
    name: string,
    { from, kind = '' }: { from?: Placed; kind?: string } = {},
  ): ObjectOf<Fact>[] {
    const at = key(fact, name, kind)
    const names = this.#written.all(at).length > 0 ? this.#written : this.#deployed
    return [...(from ? names.near(at, from) : names.all(at))] as ObjectOf<Fact>[]
  }
}

function key(fact: string, name: string, kind: string): string {
  return `${fact} ${kind} ${name}`
}
