/** All rules, checked and compiled once. A bad rule stops the run before it starts, with its file, line and column. */
import { existsSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { checkYaml, loadYaml, UserError, type Loaded } from '../knowledge/load.js'
import { BUILT_IN_RULES, builtInDigest, digestOf, yamlFilesUnder } from '../knowledge/rule-files.js'
import { compareText } from '../facts/source.js'
import { compile, compileWhenAsked, ExpressionError, type Expression } from './expression.js'
import { ruleSchema, type Rule } from './rule.js'
import { checkWording, WordingError, wordingOf, type Wording } from './wording.js'

export interface CompiledRule extends Rule {
  file: string
  /** `line:column` of its id. */
  position(): string
  applies: Expression | null
  requirements: { holds: Expression; otherwise: Wording; question: Wording }[]
  expectation: Expression
  describe: Wording
  explain: Wording | null
}

export interface Catalogue {
  rules: CompiledRule[]
  /** Over everything under `rules/` and the user's own folders: results of different catalogues are not comparable. */
  digest: string
}

/** Folders of `rules/` that hold rules; the others hold libraries, chains and policies. */
const RULE_FOLDERS = ['alerts', 'code', 'experiments', 'kubernetes', 'system']

/** Rules of the built-in folder and of the user's own, sorted by id. `patterns`: the words a rule may use. */
export function loadCatalogue(patterns: Record<string, string>, ownFolders: string[] = []): Catalogue {
  const files = [
    ...RULE_FOLDERS.flatMap((folder) => yamlFilesUnder(join(BUILT_IN_RULES, folder))),
    ...ownFolders.flatMap(ruleFilesOf),
  ]
  const faults: string[] = []
  const rules = new Map<string, CompiledRule>()
  for (const file of files) {
    try {
      const rule = compileRule(loadYaml(file, ruleSchema), patterns)
      const twin = rules.get(rule.id)
      if (twin)
        throw new UserError(
          `${file}:${rule.position()} id: the rule ${rule.id} exists already in ${twin.file}; choose another`,
        )
      rules.set(rule.id, rule)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      faults.push(error.message)
    }
  }
  if (faults.length > 0) throw new UserError(faults.join('\n'))
  return {
    rules: [...rules.values()].sort((a, b) => compareText(a.id, b.id)),
    digest: ownFolders.length === 0 ? builtInDigest() : digestOf([BUILT_IN_RULES, ...ownFolders]),
  }
}

/** A user's folder may hold the whole layout of `rules/`, or just rules. */
function ruleFilesOf(folder: string): string[] {
  if (!existsSync(folder)) throw new UserError(`${folder}: no such folder of rules; check --rules`)
  const others = ['libraries', 'chains', 'policies'].map((name) => join(folder, name) + sep)
  return yamlFilesUnder(folder).filter((file) => !others.some((other) => file.startsWith(other)))
}

/** Checks one rule's text: shape, id, pattern, expressions, templates. */
export function loadRule(file: string, text: string, patterns: Record<string, string>): CompiledRule {
  return compileRule(checkYaml(file, text, ruleSchema), patterns)
}

function compileRule(
  { file, value: rule, position, prepared }: Loaded<Rule>,
  patterns: Record<string, string>,
): CompiledRule {
  const fault = (path: PropertyKey[], message: string): UserError =>
    new UserError(`${file}:${position(path)} ${path.map(String).join('.')}: ${message}`)
  const condition = (source: string, path: PropertyKey[]): Expression => {
    if (prepared) return compileWhenAsked(source, rule.subject)
    for (const [, pattern] of source.matchAll(/\.guard\(\s*["']([^"']*)["']/g)) {
      if (!Object.hasOwn(patterns, pattern!))
        throw fault(path, `guard("${pattern}"): no such pattern; \`rules list --patterns\` shows all`)
    }
    try {
      return compile(source, rule.subject)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      throw fault(path, `${error.message} (at character ${error.offset + 1} of the expression)`)
    }
  }
  const wording = (text: string, path: PropertyKey[]): Wording => {
    try {
      if (!prepared) checkWording(text, rule)
      return wordingOf(text, rule.subject)
    } catch (error) {
      if (!(error instanceof WordingError)) throw error
      throw fault(path, error.message)
    }
  }
  if (rule.id !== basename(file).replace(/\.ya?ml$/, ''))
    throw fault(['id'], `must equal the file name, ${basename(file)}`)
  if (!Object.hasOwn(patterns, rule.pattern))
    throw fault(['pattern'], `"${rule.pattern}" is no pattern; \`rules list --patterns\` shows all`)
  return {
    ...rule,
    file,
    position: () => position(['id']),
    applies: rule.when === undefined ? null : condition(rule.when, ['when']),
    requirements: rule.needs.map((need, index) => ({
      holds: condition(need.that, ['needs', index, 'that']),
      otherwise: wording(need.otherwise, ['needs', index, 'otherwise']),
      question: wording(need.question, ['needs', index, 'question']),
    })),
    expectation: condition(rule.expect, ['expect']),
    describe: wording(rule.message, ['message']),
    explain: rule.because === undefined ? null : wording(rule.because, ['because']),
  }
}
