/** Which failure chains an outcome bears on: it speaks of a chain itself, or of a protection at its first link. */
import type { Outcome } from '../rules/outcome.js'
import type { Model, TriedChain } from '../system/model.js'

/** Chains that a finding is a link of: its protection is missing there. What is not seen to run is no link. */
export function chainsOf({ rule, subject, others }: Outcome, { chains, system }: Model): string[] {
  if (subject.doubt) return []
  return chains
    .filter((chain) => {
      if (subject.kind === 'chain') return chain.id === subject.identity
      const subjects = [subject, ...others]
      return chain.missing.includes(rule.pattern) && subjects.some((one) => isAtFirstLink(one, chain, system))
    })
    .map(({ id }) => id)
}

/**
 * Chains that stay open until an unknown outcome is decided: its protection would break them, and is not known to be
 * missing there. What may not run at all protects nothing, whatever the answer.
 */
export function chainsOpenOn({ rule, subject }: Outcome, { chains, chainPatterns, system }: Model): string[] {
  if (subject.doubt) return []
  const breaks = chainPatterns.filter(({ controls }) => controls.includes(rule.pattern)).map(({ id }) => id)
  return chains
    .filter((chain) => {
      if (subject.kind === 'chain') return chain.id === subject.identity
      const isUndecided = breaks.includes(chain.pattern) && !chain.missing.includes(rule.pattern)
      return isUndecided && isAtFirstLink(subject, chain, system)
    })
    .map(({ id }) => id)
}

function isAtFirstLink(
  { kind, identity, component }: Outcome['subject'],
  { links: [first] }: TriedChain,
  system: Model['system'],
): boolean {
  if (component === null || first === undefined) return false
  if (kind !== 'client') return component === first.from || component === first.to
  return system.dependencies
    .filter(({ from, to }) => from === first.to && to === first.from)
    .some(({ clients }) => clients.some(({ symbol }) => symbol === identity))
}
