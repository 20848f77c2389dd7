/** What `resilience.yaml` sets of rules: `rules {ID: off | {severity, …parameters}}`. */
import { createHash } from 'node:crypto'
import type { LoadedConfiguration } from '../knowledge/configuration.js'
import { UserError } from '../knowledge/load.js'
import { didYouMean } from '../knowledge/nearest.js'
import type { Catalogue, CompiledRule } from './catalogue.js'
import type { Rule } from './rule.js'

type Setting = LoadedConfiguration['value']['rules'][string]

/** Rules as they are set; throws a UserError that names every unknown id and parameter with its place. */
export function applySettings(catalogue: Catalogue, configuration: LoadedConfiguration): Catalogue {
  const settings = configuration.value.rules
  const faults = Object.entries(settings).flatMap(([id, setting]) => faultsOf(id, setting, catalogue))
  if (faults.length > 0)
    throw new UserError(faults.map(({ at, message }) => placed(configuration, at, message)).join('\n'))
  return {
    rules: catalogue.rules
      .filter(({ id }) => !isOff(settings[id]))
      .map((rule) => asSet(rule, settings[rule.id])),
    digest: digestWith(catalogue, settings),
  }
}

interface Fault {
  at: string[]
  message: string
}

function faultsOf(id: string, setting: Setting, { rules }: Catalogue): Fault[] {
  const rule = rules.find((candidate) => candidate.id === id)
  if (!rule) {
    const near = didYouMean(
      id,
      rules.map((candidate) => candidate.id),
    )
    return [
      { at: ['rules', id], message: `no such rule${near || '; `resilience-report rules list` shows all'}` },
    ]
  }
  return Object.entries(parametersIn(setting)).flatMap(([name, value]) => {
    const message = parameterFault(rule, name, value)
    return message === null ? [] : [{ at: ['rules', id, name], message }]
  })
}

function parameterFault({ parameters }: Rule, name: string, value: unknown): string | null {
  const known = Object.keys(parameters)
  if (!known.includes(name))
    return `the rule has no such parameter; it has severity${known.map((other) => `, ${other}`).join('')}`
  return typeof value === 'number' && Number.isFinite(value) ? null : 'must be a number'
}

function placed({ file, placeOf }: LoadedConfiguration, at: string[], message: string): string {
  const { line, column } = placeOf(at)
  return `${file}:${line}:${column} ${at.join('.')}: ${message}`
}

function isOff(setting: Setting | undefined): boolean {
  return setting === 'off' || setting === false
}

function asSet(rule: CompiledRule, setting: Setting | undefined): CompiledRule {
  const severity = typeof setting === 'object' ? setting.severity : undefined
  return {
    ...rule,
    severity: severity ?? rule.severity,
    parameters: { ...rule.parameters, ...(parametersIn(setting) as Record<string, number>) },
  }
}

function parametersIn(setting: Setting | undefined): Record<string, unknown> {
  if (typeof setting !== 'object') return {}
  return Object.fromEntries(Object.entries(setting).filter(([name]) => name !== 'severity'))
}

/** Results under different settings are not comparable. */
function digestWith({ digest }: Catalogue, settings: Record<string, Setting>): string {
  if (Object.keys(settings).length === 0) return digest
  return createHash('sha256').update(digest).update(JSON.stringify(settings)).digest('hex').slice(0, 16)
}
