/** Objects by the names that others call them: looked up for every address, so found without a walk over all. */
import type {
  Autoscaler,
  ConfigData,
  DisruptionBudget,
  EntryPoint,
  NetworkService,
  VolumeClaim,
  Workload,
} from '../facts/kubernetes.js'
import type { Namespace, TrafficPolicies, TrafficRoutes } from '../facts/mesh.js'
import type { Kustomizations } from './kustomize.js'

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
  readonly #written = new Map<string, Object[]>()
  readonly #deployed = new Map<string, Object[]>()

  constructor(objects: Object[], kustomizations: Kustomizations) {
    for (const object of objects) {
      const [written, ...deployed] = kustomizations.namesOf(object)
      add(this.#written, key(object.fact, written!), object)
      for (const name of deployed) add(this.#deployed, key(object.fact, name), object)
    }
  }

  /** Objects that are written under the name; else those that some kustomization gives it. */
  called<Fact extends Object['fact']>(fact: Fact, name: string, kind?: string): ObjectOf<Fact>[] {
    const of = (names: Map<string, Object[]>): Object[] =>
      (names.get(key(fact, name)) ?? []).filter((object) => kind === undefined || object.kind === kind)
    const written = of(this.#written)
    return (written.length > 0 ? written : of(this.#deployed)) as ObjectOf<Fact>[]
  }
}

function key(fact: string, name: string): string {
  return `${fact} ${name}`
}

function add<Item>(lists: Map<string, Item[]>, at: string, item: Item): void {
  const list = lists.get(at) ?? []
  lists.set(at, list)
  list.push(item)
}
