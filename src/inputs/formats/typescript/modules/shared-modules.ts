/** Modules that other packages load by their path: no package.json says whose code they are, the imports do. */
import type { SharedModule } from '../../../../facts/code.js'
import { compareText } from '../../../../facts/source.js'
import type { InputFile } from '../../../format.js'
import type { ImportGraph } from './import-graph.js'

/** `running`: the modules that serve and that something leads to. */
export function sharedModules(
  asked: InputFile[],
  running: Iterable<InputFile>,
  graph: ImportGraph,
): SharedModule[] {
  const importers = importersIn(running, graph)
  return asked.flatMap(({ path }) => {
    const users = usersOf(path, importers, graph)
    return users.length === 0
      ? []
      : {
          fact: 'shared-module',
          source: { path, line: 1, column: 1, endLine: 1 },
          package: graph.modules.packageOf(path)?.folder ?? '',
          users,
        }
  })
}

function importersIn(running: Iterable<InputFile>, graph: ImportGraph): Map<string, string[]> {
  const importers = new Map<string, string[]>()
  for (const file of running) {
    const { modules, named } = graph.loadedBy(file)
    for (const path of new Set([...modules, ...named])) {
      const known = importers.get(path)
      if (known) known.push(file.path)
      else importers.set(path, [file.path])
    }
  }
  return importers
}

/** Folders of the packages that load a module, also through others of its own package, without depending on that by name. */
function usersOf(path: string, importers: Map<string, string[]>, { modules }: ImportGraph): string[] {
  const own = modules.packageOf(path)
  const found = new Set([path])
  const users = new Set<string>()
  for (const module of found)
    for (const importer of importers.get(module) ?? []) {
      const user = modules.packageOf(importer)
      if (user === own) found.add(importer)
      else if (user && !(own && Object.hasOwn(user.dependencies, own.name))) users.add(user.folder)
    }
  return [...users].sort(compareText)
}
