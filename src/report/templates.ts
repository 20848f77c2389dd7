/** The templates of every document, compiled by the build or else on first use. What they print is escaped unless they say otherwise. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import Handlebars from 'handlebars'
import { MODULE_FOLDER, PACKAGE_FOLDER } from '../facts/package-folder.js'
import { compareText } from '../facts/source.js'

const FOLDER = join(PACKAGE_FOLDER, 'templates')
const PARTIALS = join(FOLDER, 'partials')
const BUILT = join(MODULE_FOLDER, 'templates.cjs')

/** Of the templates and their partials, at build time and at run time. */
export const COMPILE_OPTIONS = { strict: true }

/** A template as Handlebars.precompile writes it. */
type TemplateSpecification = Parameters<typeof Handlebars.template>[0]

let built: Record<string, TemplateSpecification> | null = null

export type Helpers = Record<string, Handlebars.HelperDelegate>

/** Text of a file in `templates/` that is no template. */
export function readTemplateText(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8')
}

/** `templates/NAME.hbs` with the partials that have the same ending: `report.html` takes `*.html.hbs`. */
export function compileTemplate(name: string, helpers: Helpers = {}): (view: object) => string {
  const handlebars = Handlebars.create()
  handlebars.registerHelper({ ...sharedHelpers, ...helpers })
  const ending = `${name.slice(name.indexOf('.'))}.hbs`
  for (const [file, text] of partials()) {
    if (file.endsWith(ending)) handlebars.registerPartial(basename(file, ending), compiled(handlebars, text))
  }
  const template = compiled(handlebars, readTemplateText(`${name}.hbs`))
  return (view) => template(view)
}

/** Texts of all templates and partials, as they are compiled. */
export function templateTexts(): string[] {
  const templates = readdirSync(FOLDER).filter((file) => file.endsWith('.hbs'))
  return [...templates.map(readTemplateText), ...partials().map(([, text]) => text)]
}

export function templateDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function partials(): [file: string, text: string][] {
  return readdirSync(PARTIALS)
    .sort(compareText)
    .map((file) => [file, readFileSync(join(PARTIALS, file), 'utf8').trimEnd()])
}

function compiled(handlebars: typeof Handlebars, text: string): Handlebars.TemplateDelegate {
  const known = builtTemplates()[templateDigest(text)]
  return known ? handlebars.template(known) : handlebars.compile(text, COMPILE_OPTIONS)
}

/** What the build compiled, by the digest of the text; nothing when the sources run directly. */
function builtTemplates(): Record<string, TemplateSpecification> {
  if (!built) built = existsSync(BUILT) ? (createRequire(BUILT)(BUILT) as NonNullable<typeof built>) : {}
  return built
}

/** Text as HTML shows it literally. */
export function escapeHtml(text: string): string {
  return Handlebars.escapeExpression(text)
}

/** Trusted markup made by this program: pictures, escaped text. */
export function markup(text: string): Handlebars.SafeString {
  return new Handlebars.SafeString(text)
}

const sharedHelpers: Helpers = {
  is: (a: unknown, b: unknown) => String(a) === String(b),
  any: (...values: unknown[]) =>
    values.slice(0, -1).some((value) => !Handlebars.Utils.isEmpty(value) && value !== 0),
  /** `1 run`, `2 runs`. */
  plural: (amount: number, one: string, many: string) => `${amount} ${amount === 1 ? one : many}`,
  concat: (...values: unknown[]) => values.slice(0, -1).map(String).join(''),
  list: (values: unknown[]) => values.map(String).join(', '),
}
