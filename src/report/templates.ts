/** The templates of every document, compiled on first use. What they print is escaped unless they say otherwise. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Handlebars from 'handlebars'

const FOLDER = fileURLToPath(new URL('../../templates', import.meta.url))
const PARTIALS = join(FOLDER, 'partials')

export type Helpers = Record<string, Handlebars.HelperDelegate>

/** Text of a file in `templates/` that is no template. */
export function readTemplateText(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8')
}

/** Compiles `templates/NAME.hbs` with the partials that have the same ending: `report.html` takes `*.html.hbs`. */
export function compileTemplate(name: string, helpers: Helpers = {}): (view: object) => string {
  const handlebars = Handlebars.create()
  handlebars.registerHelper({ ...sharedHelpers, ...helpers })
  const ending = `${name.slice(name.indexOf('.'))}.hbs`
  for (const file of readdirSync(PARTIALS).sort()) {
    if (file.endsWith(ending))
      handlebars.registerPartial(basename(file, ending), readFileSync(join(PARTIALS, file), 'utf8').trimEnd())
  }
  const template = handlebars.compile(readTemplateText(`${name}.hbs`), { strict: true })
  return (view) => template(view)
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
