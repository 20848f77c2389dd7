/** What other modules call something that one declares: imports and exports may give it other names. */
import type { ReadFile } from '../../../format.js'
import { exportNames } from '../modules/exports.js'
import type { ImportGraph } from '../modules/import-graph.js'
import type { Taking } from '../modules/takings.js'
import type { Mentions } from '../running/mentions.js'

export interface OtherNames {
  /** Path to the names that the module uses for it. */
  byModule: Map<string, Set<string>>
  /** Some module may know it by a name that could not be told, as `require` gives one. */
  mayBeMore: boolean
}

/** `name` is its own: where a module calls it so, nothing has to be followed. */
export function otherNames(path: string, name: string, exported: string[], mentions: Mentions): OtherNames {
  const found: OtherNames = {
    byModule: new Map(),
    mayBeMore: exported.some((one) => one !== name && mentions.isTakenFromLost(one)),
  }
  const waiting = exported.map((one): [string, string] => [path, one])
  const seen = new Set<string>()
  for (const [module, known] of waiting) {
    const key = `${module}\n${known}`
    if (seen.has(key)) continue
    seen.add(key)
    for (const importer of mentions.importersOf(module)) {
      const { names, passedOn, isUnclear } = takenBy(importer, module, known, mentions.graph)
      if (isUnclear && known !== name) found.mayBeMore = true
      const before = found.byModule.get(importer.path) ?? []
      found.byModule.set(importer.path, new Set([...before, ...names]))
      waiting.push(...passedOn.map((as): [string, string] => [importer.path, as]))
    }
  }
  return found
}

interface Taken {
  names: string[]
  passedOn: string[]
  isUnclear: boolean
}

function takenBy(importer: ReadFile, module: string, known: string, graph: ImportGraph): Taken {
  const { taken, unnamed } = graph.takingsOf(importer)
  const isOfModule = (specifier: string): boolean => graph.resolve(importer.path, specifier) === module
  const takings = taken.filter(({ specifier }) => isOfModule(specifier))
  const namesIn = (which: Taking[]): string[] => which.flatMap((taking) => nameIn(taking, known) ?? [])
  const names = namesIn(takings.filter(({ isPassedOn }) => !isPassedOn))
  return {
    names,
    passedOn: [
      ...namesIn(takings.filter(({ isPassedOn }) => isPassedOn)),
      ...names.flatMap((name) => exportedAgain(name, importer.path, graph)),
    ],
    isUnclear:
      takings.length === 0 || unnamed.some(isOfModule) || takings.some((one) => isUnclearIn(one, known)),
  }
}

/** Of a whole module it is a member, whose name says enough unless it is `default`. */
function nameIn({ names, whole, isPassedOn }: Taking, known: string): string | null {
  if (names) return names.get(known) ?? null
  return known === 'default' || (whole !== null && isPassedOn) ? null : known
}

function isUnclearIn({ whole, isPassedOn }: Taking, known: string): boolean {
  return whole !== null && (isPassedOn || known === 'default')
}

/** `import { a } from './a'` and then `export { a as b }`. */
function exportedAgain(name: string, path: string, { modules }: ImportGraph): string[] {
  const tree = modules.tree(path)
  return tree ? exportNames(name, tree, tree) : []
}
