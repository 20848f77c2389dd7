/** `check-claims`: documents into what is printed or written, and the exit code. */
import { join } from 'node:path'
import { checkDocument } from './check-claims.js'
import type { Claim, DocumentClaims } from './claims/claim.js'
import { UserError } from './knowledge/load.js'
import { checkOutputFolder, makeOutputFolder } from './output-folder.js'
import { MarkdownText } from './report/formats/markdown/text.js'
import { compileTemplate, markup } from './report/templates.js'
import { clean, showHidden } from './report/view/clean.js'
import { writeWhole } from './report/write.js'
import type { ExitCode, Terminal } from './terminal.js'

export interface CheckClaimsOptions {
  output?: string
  format?: string[]
  quiet?: boolean
}

const EXTENSIONS = { json: 'json', markdown: 'md' } as const
type Format = keyof typeof EXTENSIONS

/** Without a folder the claims are printed: as text for a terminal, or in the one format asked for. */
export async function runCheckClaims(
  paths: string[],
  options: CheckClaimsOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const formats = formatsOf(options)
  if (options.output !== undefined && options.output !== '-') checkOutputFolder(options.output)
  const documents: DocumentClaims[] = []
  for (const path of paths) documents.push(clean(await checkDocument(path)))
  if (options.output === undefined || options.output === '-') {
    const [format] = formats
    if (!options.quiet || options.output === '-')
      terminal.out(format ? render(documents, format) : asText(documents))
  } else await write(documents, formats.length > 0 ? formats : ['json', 'markdown'], options.output)
  return documents.some(({ claims }) => claims.some(({ verdict }) => verdict === 'contradicted')) ? 1 : 0
}

function formatsOf({ format = [], output }: CheckClaimsOptions): Format[] {
  const unknown = format.find((name) => !Object.hasOwn(EXTENSIONS, name))
  if (unknown !== undefined)
    throw new UserError(`--format: ${unknown} is not a format of check-claims; available: json, markdown`)
  if (format.length > 1 && (output === undefined || output === '-'))
    throw new UserError('--format: standard output takes one format; name one, or a folder with --output')
  return format as Format[]
}

async function write(documents: DocumentClaims[], formats: Format[], folder: string): Promise<void> {
  makeOutputFolder(folder)
  for (const format of formats)
    await writeWhole(join(folder, `claims.${EXTENSIONS[format]}`), render(documents, format))
}

/** Several documents are a list, one is itself. */
function render(documents: DocumentClaims[], format: Format): string {
  if (format === 'json')
    return `${JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2)}\n`
  return tidy(
    compileTemplate('claims.md')({
      documents: documents.map((one) => viewOf(one, (text) => new MarkdownText(text))),
    }),
  )
}

function asText(documents: DocumentClaims[]): string {
  return tidy(
    compileTemplate('claims.txt')({
      documents: documents.map((one) => viewOf(one, (text) => markup(showHidden(text)))),
    }),
  )
}

type Shown = (text: string) => object

/** What does not hold first. */
function viewOf({ document, claims }: DocumentClaims, shown: Shown): object {
  const of = (verdict: Claim['verdict']) =>
    claims.filter((claim) => claim.verdict === verdict).map((claim) => claimView(claim, shown))
  return {
    document: shown(document),
    contradicted: of('contradicted'),
    unsupported: of('unsupported'),
    consistent: of('consistent'),
    isEmpty: claims.length === 0,
  }
}

function claimView({ line, text, stated, recomputed, arithmetic }: Claim, shown: Shown): object {
  return {
    line,
    text: shown(text),
    stated: shown(stated),
    recomputed: shown(recomputed ?? '–'),
    arithmetic: shown(arithmetic),
  }
}

function tidy(text: string): string {
  return `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`
}
