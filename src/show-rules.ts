/** `rules list` and `rules show`: the catalogue for people. */
import { UserError } from './knowledge/load.js'
import { nearest } from './knowledge/nearest.js'
import { loadPolicies } from './knowledge/policies.js'
import { loadCatalogue, type CompiledRule } from './rules/catalogue.js'

export function listRules(ownFolders: string[]): string {
  const rules = rulesOf(ownFolders)
  const width = Math.max(...rules.map(({ id }) => id.length))
  const lines = rules.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}`)
  return `${lines.join('\n')}\n${rules.length} rules\n`
}

export function listPatterns(): string {
  const patterns = Object.entries(loadPolicies().patterns)
  const width = Math.max(...patterns.map(([pattern]) => pattern.length))
  return `${patterns.map(([pattern, meaning]) => `${pattern.padEnd(width)}  ${meaning}`).join('\n')}\n`
}

export function showRule(id: string, ownFolders: string[]): string {
  const rules = rulesOf(ownFolders)
  const rule = rules.find((candidate) => candidate.id === id)
  if (!rule) throw new UserError(`${id}: no such rule; ${suggestion(id, rules)}`)
  return `${describe(rule).join('\n')}\n`
}

function describe(rule: CompiledRule): string[] {
  return [
    `${rule.id} (${rule.severity}, ${rule.category}, pattern ${rule.pattern})`,
    '',
    `  holds      ${rule.title}`,
    `  fails      ${rule.failure}`,
    `  prevents   ${rule.prevents}`,
    `  applies to every ${rule.subject}${rule.when === undefined ? '' : ` where ${rule.when}`}`,
    ...rule.needs.flatMap(({ that, otherwise, question }) => [
      `  needs      ${that}; otherwise unknown: ${otherwise}`,
      `  question   ${question}`,
    ]),
    `  expects    ${rule.expect}`,
    ...Object.entries(rule.parameters).map(
      ([name, value]) => `  parameter  ${name} = ${value} (resilience.yaml may set it)`,
    ),
    `  remedy     ${rule.remediation}`,
    `  proof      ${rule.fault === null ? 'no fault injection proves it' : `inject ${rule.fault}`}`,
    ...rule.references.map((reference) => `  see        ${reference}`),
    `  ignore     rules: { ${rule.id}: off } in resilience.yaml, or a waiver with reason, owner and expiry date`,
  ]
}

function rulesOf(ownFolders: string[]): CompiledRule[] {
  return loadCatalogue(loadPolicies().patterns, ownFolders).rules
}

/** The one that was mistyped, or else those that share most words with it. */
function suggestion(id: string, rules: CompiledRule[]): string {
  const ids = rules.map((rule) => rule.id)
  const mistyped = nearest(id, ids)
  if (mistyped !== null) return `did you mean ${mistyped}?`
  const words = new Set(id.split('-').filter((word) => word !== ''))
  const shared = (known: string): number => known.split('-').filter((word) => words.has(word)).length
  const alike = ids.filter((known) => shared(known) > 0).sort((one, other) => shared(other) - shared(one))
  return alike.length > 0 ? `did you mean ${alike.slice(0, 3).join(', ')}?` : '`rules list` shows all'
}
