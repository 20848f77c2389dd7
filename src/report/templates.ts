/** The templates of every document. What they print is escaped unless they say otherwise. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import Handlebars from 'handlebars'
import { PACKAGE_FOLDER } from '../facts/package-folder.js'
import { compareText } from '../facts/source.js'
import { compiledTemplate, type Template } from '../knowledge/compiled-templates.js'

const FOLDER = join(PACKAGE_FOLDER, 'templates')
const PARTIALS = join(FOLDER, 'partials')
const OPTIONS = { strict: true }

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
    if (file.endsWith(ending))
      handlebars.registerPartial(
        basename(file, ending),
        compiledTemplate({ text, options: OPTIONS }, handlebars),
      )
  }
  const template = compiledTemplate({ text: readTemplateText(`${name}.hbs`), options: OPTIONS }, handlebars)
  return (view) => template(view)
}

/** All templates and partials, for the build. */
export function reportTemplates(): Template[] {
  const templates = readdirSync(FOLDER).filter((file) => file.endsWith('.hbs'))
  const texts = [...templates.map(readTemplateText), ...partials().map(([, text]) => text)]
  return texts.map((text) => ({ text, options: OPTIONS }))
}

function partials(): [file: string, text: string][] {
  return readdirSync(PARTIALS)
    .sort(compareText)
    .map((file) => [file, readFileSync(join(PARTIALS, file), 'utf8').trimEnd()])
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
