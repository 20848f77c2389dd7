/** Manifests that the kustomization beside them leaves out: they may be there for nobody, or be applied by hand. */
import ignore, { type Ignore } from 'ignore'
import type { Facts } from '../../facts/fact.js'
import type { Source } from '../../facts/source.js'
import type { Kustomizations } from './kustomize.js'

export class Unlisted {
  readonly #rendered: Map<string, Source>
  readonly #deployed: Ignore

  constructor(
    facts: Facts,
    private readonly kustomizations: Kustomizations,
  ) {
    this.#rendered = new Map(facts.of('unlisted-manifest').map(({ path, source }) => [path, source]))
    this.#deployed = ignore().add(facts.of('skaffold').flatMap(({ deploys }) => deploys.map(anchored)))
  }

  /** The kustomization that leaves a manifest out; null where there is none, or another tool is told to deploy it. */
  by(path: string): Source | null {
    if (this.kustomizations.lists(path)) return null
    const by = this.#rendered.get(path) ?? this.kustomizations.leavingOut(path)?.source ?? null
    return by === null || this.#deployed.ignores(path) ? null : by
  }
}

/** A pattern of paths from the root. */
function anchored(pattern: string): string {
  return `/${pattern}`
}
