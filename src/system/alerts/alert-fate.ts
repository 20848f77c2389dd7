/** Whether what tells of a failure depends on what fails. */
import type { Channel } from '../../facts/routing.js'
import type { Component, Dependency, System } from '../component.js'
import { ComponentDirectory } from '../component-directory.js'
import type { Manifests } from '../manifests/manifests.js'
import type { Notified } from './notification.js'
import { resolveHost } from '../targets.js'
import { emptyComponent } from '../workloads.js'

/** A component of the system, somebody outside, or null where it is not told. */
type Taker = Component | 'outside' | null

/** `needs`: hard dependencies, through others too. `mayNeed`: also those of which it is not known whether it can do without. */
interface Needs {
  needs: Set<string>
  mayNeed: Set<string>
}

/** Whether nobody is told without the failing component. `perhaps`: no way is known to go without, and some may not. */
export type Shared = 'yes' | 'no' | 'perhaps' | 'unknown'

export class AlertFate {
  readonly #alertmanager: Component
  readonly #directory: ComponentDirectory
  readonly #needs = new Map<string, Needs>()

  constructor(
    readonly system: System,
    readonly manifests: Manifests,
  ) {
    this.#alertmanager = system.named('alertmanager') ?? emptyComponent('alertmanager', 'observability')
    this.#directory = new ComponentDirectory(system.components)
  }

  /** Every channel of every receiver has to need the failing component; one that is known to go without is enough. */
  shares(receivers: Notified[], failing: Component): Shared {
    const takers = receivers.flatMap(({ receiver, isCertain }) =>
      (receiver?.channels ?? []).map((channel) => ({ taker: this.takerOf(channel), isCertain })),
    )
    const needs = (which: keyof Needs, taker: Taker): boolean =>
      taker !== null && taker !== 'outside' && this.#needsOf(taker)[which].has(failing.id)
    if (takers.some((one) => one.isCertain && one.taker !== null && !needs('mayNeed', one.taker))) return 'no'
    const isWhole = takers.length > 0 && receivers.every(({ receiver }) => receiver !== null)
    if (isWhole && takers.every(({ taker }) => needs('needs', taker))) return 'yes'
    return takers.some(({ taker }) => needs('mayNeed', taker)) ? 'perhaps' : 'unknown'
  }

  /** Who takes what is sent over a channel. A mail server may be anywhere. */
  takerOf({ kind, host }: Channel): Taker {
    if (host === null) return kind === 'webhook' || kind === 'email' ? null : 'outside'
    const found = resolveHost(
      host,
      this.#alertmanager,
      this.#directory,
      this.manifests,
      'a receiver names it',
    )
    if ('component' in found) return found.component
    return 'external' in found ? 'outside' : null
  }

  #needsOf({ id }: Component): Needs {
    let known = this.#needs.get(id)
    if (!known) {
      const [needs, mayNeed] = [this.#reachedFrom(id, ['hard']), this.#reachedFrom(id, ['hard', 'unknown'])]
      this.#needs.set(id, (known = { needs, mayNeed }))
    }
    return known
  }

  /** The component itself and all that it depends on in this way; what is soft it can do without. */
  #reachedFrom(id: string, criticalities: Dependency['criticality'][]): Set<string> {
    const reached = new Set([id])
    for (const one of reached)
      for (const { to, criticality } of this.system.dependenciesOf(one))
        if (criticalities.includes(criticality)) reached.add(to)
    return reached
  }
}
