/**
 * k6: summaries (`--summary-export`, and what `handleSummary` is given, each in two forms) as results of load tests, and the
 * lines of `--out json` as observations of the services that were called, a sample per service and second.
 */
import type { Field } from '../field.js'
import type { Format, InputFile, Reading } from '../format.js'
import { documentsOf, isBroken, isMapping, readDocuments } from '../chaos-tools/document.js'
import { readPoints, startsWithPoints } from './k6/points.js'
import { isStructured, readStructured, STRUCTURED } from './k6/structured.js'
import { readSummary } from './k6/summary.js'
import { LINE_FILES } from '../extensions.js'

const EXTENSIONS = ['.json', ...LINE_FILES]
const SUMMARY = /"root_group"\s*:/
const METRICS = /"metrics"\s*:\s*\{/
const LISTED_METRICS = /"metrics"\s*:\s*\[/

const k6: Format = {
  name: 'k6',
  title: 'k6 summary or JSON output',
  standsAlone: true,
  begins: isPoints,
  recognises: (file) => isPoints(file) || isSummary(file),
  read: (file) => (isPoints(file) ? readPoints(file.path, linesOf(file.text)) : readSummaryFile(file)),
  lines: {
    recognises: ({ extension, head }) => EXTENSIONS.includes(extension) && startsWithPoints(head),
    read: ({ path }, lines) => readPoints(path, lines),
  },
}
export default k6

function isPoints({ extension, text }: InputFile): boolean {
  return EXTENSIONS.includes(extension) && startsWithPoints(text)
}

function isSummary(file: InputFile): boolean {
  return (
    file.extension === '.json' &&
    ((SUMMARY.test(file.text) && METRICS.test(file.text)) || isStructuredText(file.text)) &&
    (isBroken(file) || documentsOf(file).some((root) => hasBoth(root) || isStructured(root)))
  )
}

function isStructuredText(text: string): boolean {
  return STRUCTURED.test(text) && LISTED_METRICS.test(text)
}

function hasBoth(root: Field): boolean {
  return isMapping(root.get('metrics')) && isMapping(root.get('root_group'))
}

function readSummaryFile(file: InputFile): Reading {
  return readDocuments(file, (root) => {
    if (isStructured(root)) return { facts: [readStructured(root)] }
    return hasBoth(root) ? { facts: [readSummary(root)] } : { facts: [], unused: 'no summary of k6' }
  })
}

/** One after the other, so that the text is not held twice. */
function* linesOf(text: string): Generator<string> {
  let start = 0
  while (start < text.length) {
    const end = text.indexOf('\n', start)
    const stop = end === -1 ? text.length : end
    yield text.slice(start, text[stop - 1] === '\r' ? stop - 1 : stop)
    start = stop + 1
  }
}
