/** The words of a chain: those of its pattern, with the names of its components. */
import type { ChainPattern } from '../../knowledge/chain-patterns.js'
import type { Component } from '../component.js'

export interface Parties {
  trigger: Component
  caller: Component
  entry: Component
  /** Those that the failure reaches, the caller first. */
  affected: Component[]
}

export function wordsOf(
  pattern: ChainPattern,
  { trigger, caller, entry }: Parties,
): { title: string; sustainedBy: string | null; experiment: string } {
  const names = { trigger: trigger.name, caller: caller.name, entry: entry.name }
  return {
    title: fill(pattern.title, names),
    sustainedBy: pattern.sustainedBy === null ? null : fill(pattern.sustainedBy, names),
    experiment: fill(pattern.experiment, names),
  }
}

/** `{name}` in the words of a pattern. */
export function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}
