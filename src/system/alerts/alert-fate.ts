/** Whether what tells of a failure depends on what fails. */
import type { Channel } from '../../facts/routing.js'
import type { Component, System } from '../component.js'
import type { Manifests } from '../manifests/manifests.js'
import type { Notified } from './notification.js'
import { resolveHost } from '../targets.js'
import { emptyComponent } from '../workloads.js'

/** A component of the system, somebody outside, or null where it is not told. */
type Taker = Component | 'outside' | null

export class AlertFate {
  readonly #alertmanager: Component
  readonly #needs = new Map<string, Set<string>>()

  constructor(
    readonly system: System,
    readonly manifests: Manifests,
  ) {
    this.#alertmanager = system.named('alertmanager') ?? emptyComponent('alertmanager', 'observability')
  }

  /** True where every channel of every receiver needs the failing component; false where one is known to go without. */
  shares(receivers: Notified[], failing: Component): boolean | null {
    const takers = receivers.flatMap(({ receiver, isCertain }) =>
      (receiver?.channels ?? []).map((channel) => ({ taker: this.takerOf(channel), isCertain })),
    )
    const needs = ({ taker }: { taker: Taker }): boolean =>
      taker !== null && taker !== 'outside' && this.#needsOf(taker).has(failing.id)
    if (takers.some((one) => one.isCertain && one.taker !== null && !needs(one))) return false
    const isWhole = receivers.every(({ receiver }) => receiver !== null)
    return takers.length > 0 && isWhole && takers.every(needs) ? true : null
  }

  /** Who takes what is sent over a channel. A mail server may be anywhere. */
  takerOf({ kind, host }: Channel): Taker {
    if (host === null) return kind === 'webhook' || kind === 'email' ? null : 'outside'
    const { components } = this.system
    const found = resolveHost(host, this.#alertmanager, components, this.manifests, 'a receiver names it')
    if ('component' in found) return found.component
    return 'external' in found ? 'outside' : null
  }

  /** A component and all that it needs, through others too; what is soft it can do without. */
  #needsOf({ id }: Component): Set<string> {
    let needs = this.#needs.get(id)
    if (needs) return needs
    this.#needs.set(id, (needs = new Set([id])))
    for (const one of needs)
      for (const { to, criticality } of this.system.dependenciesOf(one))
        if (criticality !== 'soft') needs.add(to)
    return needs
  }
}
