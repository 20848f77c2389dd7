/** All rules, checked and compiled once. A bad rule stops the run before it starts, with its file, line and column. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import Handlebars from 'handlebars'
import { BUILT_IN_RULES, checkYaml, UserError, yamlFilesUnder } from '../knowledge/load.js'
import { compareText } from '../facts/source.js'
import { compile, ExpressionError, type Expression } from './expression.js'
import { ruleSchema, type Rule } from './rule.js'

export interface CompiledRule extends Rule {
  file: string
  applies: Expression | null
  requirements: { holds: Expression; otherwise: (fields: object) => string }[]
  expectation: Expression
  describe: (fields: object) => string
}

export interface Catalogue {
  rules: CompiledRule[]
  /** Over the text of every rule: results of different catalogues are not comparable. */
  digest: string
}

/** Folders of `rules/` that hold rules; the others hold libraries, chains and policies. */
const RULE_FOLDERS = ['alerts', 'code', 'experiments', 'kubernetes', 'system']

/** Rules of the built-in folder and of the user's own, sorted by id. `patterns`: the words a rule may use. */
export function loadCatalogue(patterns: Record<string, string>, ownFolders: string[] = [], settings: Record<string, unknown> = {}): Catalogue {
  const files = [...RULE_FOLDERS.flatMap((folder) => yamlFilesUnder(join(BUILT_IN_RULES, folder))), ...ownFolders.flatMap(ruleFilesOf)]
  const hash = createHash('sha256')
  const faults: string[] = []
  const rules = new Map<string, CompiledRule>()
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    hash.update(text)
    try {
      const rule = loadRule(file, text, patterns)
      const twin = rules.get(rule.id)
      if (twin) throw new UserError(`${file}: the rule ${rule.id} exists already in ${twin.file}; choose another id`)
      rules.set(rule.id, rule)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      faults.push(error.message)
    }
  }
  if (faults.length > 0) throw new UserError(faults.join('\n'))
  return { rules: configured([...rules.values()], settings), digest: hash.digest('hex').slice(0, 16) }
}

/** A user's folder may hold the whole layout of `rules/`, or just rules. */
function ruleFilesOf(folder: string): string[] {
  const others = ['libraries', 'chains', 'policies'].map((name) => join(folder, name))
  return yamlFilesUnder(folder).filter((file) => !others.some((other) => file.startsWith(other)))
}

/** `rules {ID: off | {severity, …parameters}}` of `resilience.yaml`; an unknown id is the user's mistake. */
function configured(rules: CompiledRule[], settings: Record<string, unknown>): CompiledRule[] {
  for (const id of Object.keys(settings)) {
    if (!rules.some((rule) => rule.id === id)) throw new UserError(`resilience.yaml: rules.${id}: no such rule; \`resilience-report rules list\` shows all`)
  }
  return rules
    .filter((rule) => settings[rule.id] !== 'off' && settings[rule.id] !== false)
    .map((rule) => {
      const { severity, ...parameters } = (settings[rule.id] ?? {}) as { severity?: Rule['severity'] } & Record<string, number>
      return { ...rule, severity: severity ?? rule.severity, parameters: { ...rule.parameters, ...parameters } }
    })
    .sort((a, b) => compareText(a.id, b.id))
}

/** Checks one rule's text: shape, id, pattern, expressions, templates. */
export function loadRule(file: string, text: string, patterns: Record<string, string>): CompiledRule {
  const { value: rule, position } = checkYaml(file, text, ruleSchema)
  const fault = (path: PropertyKey[], message: string): UserError => new UserError(`${file}:${position(path)} ${path.map(String).join('.')}: ${message}`)
  const condition = (source: string, path: PropertyKey[]): Expression => {
    for (const [, pattern] of source.matchAll(/\.guard\(\s*["']([^"']*)["']/g)) {
      if (!(pattern! in patterns)) throw fault(path, `guard("${pattern}"): no such pattern; \`rules list --patterns\` shows all`)
    }
    try {
      return compile(source, rule.subject)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      throw fault(path, `${error.message} (at character ${error.offset + 1} of the expression)`)
    }
  }
  if (rule.id !== basename(file).replace(/\.ya?ml$/, '')) throw fault(['id'], `must equal the file name, ${basename(file)}`)
  if (!(rule.pattern in patterns)) throw fault(['pattern'], `"${rule.pattern}" is no pattern; \`rules list --patterns\` shows all`)
  return {
    ...rule,
    file,
    applies: rule.when === undefined ? null : condition(rule.when, ['when']),
    requirements: rule.needs.map((need, index) => ({
      holds: condition(need.that, ['needs', index, 'that']),
      otherwise: template(need.otherwise, rule, () => fault(['needs', index, 'otherwise'], 'is no valid template')),
    })),
    expectation: condition(rule.expect, ['expect']),
    describe: template(rule.message, rule, () => fault(['message'], 'is no valid template')),
  }
}

function template(text: string, rule: Rule, fault: () => UserError): (fields: object) => string {
  try {
    // Texts are data here; every output format escapes them in its own way.
    const render = Handlebars.compile(text, { noEscape: true, strict: true })
    Handlebars.precompile(text)
    return (fields) => render({ [rule.subject]: fields, parameters: rule.parameters }).trim()
  } catch {
    throw fault()
  }
}
