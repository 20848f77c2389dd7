/** Joins unit tests of rules to the alerts that they are about. */
import type { AlertRule } from '../../facts/alert.js'
import type { AlertTest } from '../../facts/alert-test.js'
import type { Run } from '../../facts/experiment.js'
import type { Facts } from '../../facts/fact.js'

export class AlertTests {
  readonly #tests: AlertTest[]
  /** Names of the alerts in each file of rules that was read. */
  readonly #named = new Map<string, Set<string>>()
  /** Alerts that were seen to fire in a run of an experiment. */
  readonly #seenInRuns: Set<string>

  /** `runs`: those that may count. */
  constructor(facts: Facts, runs: Run[]) {
    this.#tests = facts.of('alert-test')
    for (const { source } of facts.of('rule-group')) this.#named.set(source.path, new Set())
    for (const { name, source } of facts.of('alert')) this.#named.get(source.path)?.add(name)
    const fired = runs.flatMap(({ alerts }) =>
      alerts.filter((one) => one.firedAt !== null || one.afterSeconds !== null),
    )
    this.#seenInRuns = new Set(fired.map(({ name }) => name))
  }

  /** Whether a test loads the file of an alert, or a file that was not read, and asks for the neighbours of the alert by name. */
  covers({ source: { path } }: AlertRule): boolean {
    return this.#tests.some(
      (test) =>
        loads(test, path) ||
        (this.#named.get(path)?.has(test.alert) === true && this.unreadOf(test).length > 0),
    )
  }

  /** Whether a test of its file, or of a file that was not read, expects it to fire, or it fired in an experiment. */
  fired({ name, source: { path } }: AlertRule): boolean {
    return (
      this.#seenInRuns.has(name) ||
      this.#tests.some(
        (test) =>
          test.alert === name &&
          test.expected.length > 0 &&
          (loads(test, path) || this.unreadOf(test).length > 0),
      )
    )
  }

  /** Rule files that a test loads and that were not read. */
  unreadOf({ ruleFiles }: AlertTest): string[] {
    return ruleFiles.filter((pattern) => !this.#paths.some((path) => matchesGlob(pattern, path)))
  }

  get #paths(): string[] {
    return [...this.#named.keys()]
  }

  /** Whether the rule files that a test loads have the alert that it asks for; where some were not read, any that were. */
  hasAlertOf(test: AlertTest): boolean {
    const isPart = this.unreadOf(test).length > 0
    return this.#paths.some((path) => this.#named.get(path)!.has(test.alert) && (isPart || loads(test, path)))
  }
}

function loads({ ruleFiles }: AlertTest, path: string): boolean {
  return ruleFiles.some((pattern) => matchesGlob(pattern, path))
}

/** As Go's filepath.Match: `*` and `?` stay within a folder. */
function matchesGlob(pattern: string, path: string): boolean {
  if (pattern === path) return true
  if (!/[*?[]/.test(pattern) || pattern.length > MAX_PATTERN) return false
  const parts = pattern.split('/')
  const names = path.split('/')
  return parts.length === names.length && parts.every((part, index) => matchesName(part, names[index]!))
}

const MAX_PATTERN = 500

/** Without going back more than to the last `*`, so that no pattern takes long. */
function matchesName(pattern: string, name: string): boolean {
  const tokens = pattern.match(/\\.|\[\^?[^\]]*\]|[^]/g) ?? []
  let [at, token, lastStar, afterStar] = [0, 0, -1, 0]
  while (at < name.length) {
    const current = tokens[token]
    if (current === '*') [lastStar, afterStar, token] = [token, at, token + 1]
    else if (current !== undefined && matchesOne(current, name[at]!)) [at, token] = [at + 1, token + 1]
    else if (lastStar >= 0) [afterStar, at, token] = [afterStar + 1, afterStar + 1, lastStar + 1]
    else return false
  }
  return tokens.slice(token).every((rest) => rest === '*')
}

function matchesOne(token: string, character: string): boolean {
  if (token === '?') return true
  if (token.length === 1) return token === character
  if (token.startsWith('\\')) return token[1] === character
  const isNegated = token[1] === '^'
  const ranges = [...token.slice(isNegated ? 2 : 1, -1).matchAll(/([^])-([^])|([^])/g)]
  const isListed = ranges.some(([, from, to, one]) =>
    one === undefined ? from! <= character && character <= to! : one === character,
  )
  return isListed !== isNegated
}
