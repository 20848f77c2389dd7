/** Routes that Next.js makes of files: `app/api/health/route.ts` with its `GET`, `pages/api/health.ts` with its default export. */
import { posix } from 'node:path'
import type { PathEnd } from '../values/path-ends.js'
import { functionOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { textOf, ts, type TS } from '../syntax/syntax.js'
import { withoutExtension } from '../syntax/places.js'

export interface FileRoute {
  path: PathEnd
  method: string
  node: TS.Node
  handler: TS.FunctionLikeDeclaration | null
}

const OF_APP = /(?:^|\/)(?:src\/)?app\/(.*)\/route$/
const OF_PAGES = /(?:^|\/)(?:src\/)?pages\/(api\/.*)$/
/** What a probe may send. */
const METHODS = ['GET', 'HEAD']
/** `(group)` and `@slot` are no part of the address. */
const UNSEEN_PART = /^(\(.*\)|@.*)$/

export function fileRoutes(tree: TS.SourceFile, survey: Survey): FileRoute[] {
  const manifest = survey.modules.packageOf(tree.fileName)
  if (!manifest || !('next' in manifest.dependencies)) return []
  // Above the package, folders may be called `app` for any reason.
  const place = withoutExtension(posix.relative(manifest.folder, tree.fileName))
  const [ofApp, ofPages] = [OF_APP.exec(place)?.[1], OF_PAGES.exec(place)?.[1]]
  const file = ofApp ?? ofPages?.replace(/\/index$/, '')
  if (file === undefined || isIgnored(place, manifest.folder, survey)) return []
  const text = posix.join('/', ...file.split('/').filter((part) => !UNSEEN_PART.test(part)))
  const path = { text, isWhole: !isUnderBasePath(manifest.folder, survey) }
  return tree.statements
    .flatMap((statement) => exportedBy(statement))
    .filter(({ name }) => (ofApp === undefined ? name === 'default' : METHODS.includes(name)))
    .map(({ name, value }) => ({
      path,
      method: name === 'default' ? 'get' : name.toLowerCase(),
      node: value,
      handler: ts.isFunctionDeclaration(value) ? value : functionOf(survey, value),
    }))
}

/** Next.js leaves `src/app` out where the package has `app`, and `src/pages` where it has `pages`. */
function isIgnored(place: string, folder: string, { modules }: Survey): boolean {
  const [, name] = /^src\/(app|pages)\//.exec(place) ?? []
  return name !== undefined && modules.has(posix.join(folder, name))
}

interface Exported {
  name: string
  value: TS.FunctionDeclaration | TS.Expression
}

function exportedBy(statement: TS.Statement): Exported[] {
  if (ts.isExportAssignment(statement)) return [{ name: 'default', value: statement.expression }]
  const kinds = ts.canHaveModifiers(statement) ? (statement.modifiers ?? []).map(({ kind }) => kind) : []
  if (!kinds.includes(ts.SyntaxKind.ExportKeyword)) return []
  if (ts.isFunctionDeclaration(statement)) {
    const isDefault = kinds.includes(ts.SyntaxKind.DefaultKeyword)
    return [{ name: isDefault ? 'default' : (statement.name?.text ?? ''), value: statement }]
  }
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    initializer ? [{ name: textOf(name), value: initializer }] : [],
  )
}

/** Then something that stands elsewhere comes before the path. */
function isUnderBasePath(folder: string, { modules }: Survey): boolean {
  return ['js', 'mjs', 'ts'].some((extension) =>
    modules.text(posix.join(folder, `next.config.${extension}`)).includes('basePath'),
  )
}
