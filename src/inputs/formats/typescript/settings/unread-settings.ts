/** Objects of settings of which nothing reads a setting that is to bound, repeat or limit calls: it has no effect. */
import type { CodeFact, Practice } from '../../../../facts/code.js'
import type { Source } from '../../../../facts/source.js'
import type { ReadFile } from '../../../format.js'
import { exportNames } from '../modules/exports.js'
import type { Modules } from '../modules/modules.js'
import type { Uncalled } from '../running/uncalled.js'
import { practice } from '../survey/practice.js'
import { Resolver } from '../values/resolve.js'
import { sourceOf, type TS } from '../syntax/syntax.js'
import { treeOf } from '../syntax/trees.js'
import { mayDeclareSettings, settingsIn, type DeclaredSetting } from './declared-settings.js'
import { listed, unreadVariables } from './unread-variables.js'
import { SettingUses, type Use } from './setting-uses.js'

const PATTERN = 'setting-read'

/** Of files that run: in others nothing is read. `known`: what is told of a client and its settings is not told again. */
export function unreadSettings(
  files: ReadFile[],
  modules: Modules,
  uncalled: Uncalled,
  known: CodeFact[],
): Practice[] {
  const resolver = new Resolver(modules)
  const uses = new SettingUses(modules, resolver, uncalled)
  const told = placesOfInert(known)
  return files.flatMap((file) => {
    const tree = mayDeclareSettings(file.text) ? treeOf(file) : null
    if (!tree || isForOthers(tree, uncalled)) return []
    const settings = settingsIn(tree, resolver).filter(
      (setting) => !told.has(keyOf(sourceOf(setting.property))) && !isGivenOut(setting, uncalled),
    )
    return [...byObject(settings).flatMap((all) => judge(all, uses)), ...unreadVariables(tree, uses)]
  })
}

function byObject(settings: DeclaredSetting[]): DeclaredSetting[][] {
  const objects = new Map<TS.Node, DeclaredSetting[]>()
  for (const setting of settings) objects.set(setting.root, [...(objects.get(setting.root) ?? []), setting])
  return [...objects.values()]
}

/** Components in files that are not read, and users of the package, may read it. */
function isForOthers({ fileName }: TS.SourceFile, { mentions }: Uncalled): boolean {
  return mentions.isUsedByComponents(fileName) || mentions.isPublished(fileName)
}

/** `export const config = { … }` of a module that a framework loads: the framework may read it. */
function isGivenOut({ variable }: DeclaredSetting, { mentions }: Uncalled): boolean {
  const tree = variable.getSourceFile()
  return mentions.isGivenOut(tree.fileName, exportNames(variable.name.text, variable, tree))
}

function judge(settings: DeclaredSetting[], uses: SettingUses): Practice[] {
  const asked = settings.map((setting) => ({ setting, use: uses.of(setting) }))
  const of = (wanted: Use): DeclaredSetting[] =>
    asked.flatMap(({ setting, use }) => (use === wanted ? [setting] : []))
  const [unread, untold, read] = [of('none'), of('handed-on'), of('read')]
  if (unread.length > 0) return [fact(uses, unread, 'inert', `Nothing reads ${namesOf(unread)}`)]
  if (untold.length > 0) {
    const reason = `nothing reads ${namesOf(untold)} by name, and \`${untold[0]!.variable.name.text}\` is passed on as a whole`
    return [fact(uses, untold, 'unknown', `${namesOf(untold)} may have no effect`, reason)]
  }
  return read.length > 0 ? [fact(uses, read, 'present', `${namesOf(read)} is read`)] : []
}

/** One for each object, however many of its settings it is about. */
function fact(
  uses: SettingUses,
  settings: DeclaredSetting[],
  state: Practice['state'],
  detail: string,
  reason: string | null = null,
): Practice {
  const [{ property, variable }, ...others] = settings as [DeclaredSetting, ...DeclaredSetting[]]
  const related = others.map((other) => ({ source: sourceOf(other.property), message: 'this setting, too' }))
  const found = practice(uses, property, PATTERN, state, detail, reason, related)
  return { ...found, symbol: `${found.source.path}#${variable.name.text}` }
}

function namesOf(settings: DeclaredSetting[]): string {
  const names = settings.map(({ variable, path }) => `\`${[variable.name.text, ...path].join('.')}\``)
  return listed(names)
}

function placesOfInert(known: CodeFact[]): Set<string> {
  return new Set(
    known.flatMap((fact) =>
      fact.fact === 'practice' && fact.state === 'inert'
        ? fact.related.map(({ source }) => keyOf(source))
        : [],
    ),
  )
}

const keyOf = ({ path, line, column }: Source): string => `${path}:${line}:${column}`
