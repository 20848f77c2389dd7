/** Handlebars templates, compiled by the build or else on first use. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { MODULE_FOLDER } from '../facts/package-folder.js'
import { keepCompiled, loadCompiled } from './compiled-code.js'

/** Its name in the folder of the built program. */
export const COMPILED = 'templates.cjs'

export interface Template {
  text: string
  options: { strict: boolean; noEscape?: boolean }
}

/** A template as Handlebars.precompile writes it. */
type TemplateSpecification = Parameters<typeof Handlebars.template>[0]

let built: Record<string, TemplateSpecification> | undefined

export function compiledTemplate(
  { text, options }: Template,
  handlebars: typeof Handlebars = Handlebars,
): Handlebars.TemplateDelegate {
  built ??= readBuilt(join(MODULE_FOLDER, COMPILED))
  const known = built[digestOf({ text, options })]
  return known ? handlebars.template(known) : handlebars.compile(text, options)
}

/** Nothing when the sources run directly, or what the build wrote cannot be read. */
function readBuilt(file: string): Record<string, TemplateSpecification> {
  try {
    return existsSync(file)
      ? (loadCompiled(file, MODULE_FOLDER) as Record<string, TemplateSpecification>)
      : {}
  } catch {
    return {}
  }
}

/** For the build: leaves the compiled code where the next run finds it. */
export function keepTemplates(): Promise<void> {
  return keepCompiled(join(MODULE_FOLDER, COMPILED), MODULE_FOLDER, () => undefined)
}

/** The module that is to be written as COMPILED. */
export function precompile(templates: Template[]): string {
  const entries = new Map(
    templates.map(({ text, options }) => [
      digestOf({ text, options }),
      String(Handlebars.precompile(text, options)),
    ]),
  )
  return `module.exports = {\n${Array.from(entries, ([digest, code]) => `${JSON.stringify(digest)}: ${code}`).join(',\n')}\n}\n`
}

function digestOf({ text, options: { strict, noEscape = false } }: Template): string {
  return createHash('sha256').update(`${strict} ${noEscape}\n`).update(text).digest('hex')
}
