/** Metrics that the code defines: `new Gauge({ name: 'queue_depth' })`, `meter.createCounter('http.client.retries')`. */
import type { ExportedMetric } from '../../../../facts/code.js'
import { metricPatterns } from '../../../../knowledge/alerts/metric-patterns.js'
import type { ReadFile } from '../../../format.js'
import type { Modules } from '../modules/modules.js'
import { bare, calleeName, sourceOf, ts, type TS } from '../syntax/syntax.js'
import { notedIn } from '../syntax/tree.js'
import { treeOf } from '../syntax/trees.js'

/** Of files that run. Only those are parsed whose text has the words. */
export function exportedMetrics(files: ReadFile[], modules: Modules): ExportedMetric[] {
  const { libraries, classes, functions } = metricPatterns().exports
  const defines = (node: TS.CallExpression | TS.NewExpression, ofLibrary: boolean): boolean =>
    ts.isNewExpression(node)
      ? ofLibrary && classes.includes(calleeName(node))
      : functions.test(calleeName(node))
  return files.flatMap((file) => {
    const ofLibrary = libraries.some((name) => file.text.includes(name))
    const tree = ofLibrary || mayCall(file.text) ? treeOf(file) : null
    if (!tree) return []
    const defined = notedIn(tree).made.filter((node) => defines(node, ofLibrary))
    return defined.flatMap((node) => metricAt(node, modules.packageOf(file.path)?.folder ?? '') ?? [])
  })
}

const CALL = /\b((?:create|make)[A-Z]\w*)\s*[(<]/g

function mayCall(text: string): boolean {
  const { functions } = metricPatterns().exports
  return [...text.matchAll(CALL)].some(([, name]) => functions.test(name!))
}

/** Null where its name is put together elsewhere. */
function metricAt(node: TS.CallExpression | TS.NewExpression, folder: string): ExportedMetric | null {
  const first = node.arguments?.[0]
  const name = first && nameIn(bare(first))
  return name ? { fact: 'metric', source: sourceOf(node), package: folder, name } : null
}

function nameIn(node: TS.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isObjectLiteralExpression(node)) return null
  const property = node.properties.find(
    (each): each is TS.PropertyAssignment =>
      ts.isPropertyAssignment(each) && ts.isIdentifier(each.name) && each.name.text === 'name',
  )
  const value = property && bare(property.initializer)
  return value && ts.isStringLiteralLike(value) ? value.text : null
}
