/** The sentences of a rule: templates over the fields of its subject, checked when the catalogue is loaded. */
import Handlebars from 'handlebars'
import { formatDuration } from '../facts/units.js'
import { compiledTemplate, type Template } from '../knowledge/compiled-templates.js'
import type { Rule } from './rule.js'
import { SUBJECT_TYPES, SUBJECTS, type SubjectKind } from './subject-types.js'

/** A fault in a template, in words that follow its place. */
export class WordingError extends Error {}

export type Wording = (fields: object, parameters: Record<string, number>) => string

/** Texts are data here; every output format escapes them in its own way. */
const OPTIONS = { noEscape: true, strict: true }

/** More names make a sentence that nobody reads. */
const MAX_LISTED = 5

/** `{{list alert.names}}`: the first names, and how many more there are. */
function list(names: readonly unknown[]): string {
  const more = names.length - MAX_LISTED
  const shown = names.slice(0, MAX_LISTED).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}

/** `{{duration run.recoverySeconds}}`: as everywhere in a report, `3 min 10 s`. Of what is not known nothing. */
function duration(seconds: unknown): string {
  return typeof seconds === 'number' ? formatDuration(seconds) : ''
}

export function wordingOf(text: string, subject: SubjectKind): Wording {
  let render: Handlebars.TemplateDelegate | undefined
  return (fields, parameters) => {
    render ??= compiledTemplate({ text, options: OPTIONS })
    return render({ [subject]: fields, parameters }, { helpers: { list, duration } }).trim()
  }
}

/** Throws a WordingError for broken syntax and for fields and parameters that do not exist. */
export function checkWording(text: string, rule: Rule): void {
  for (const [owner, name] of namesIn(text)) {
    if (owner === rule.subject && !Object.hasOwn(SUBJECT_TYPES[SUBJECTS[rule.subject]], name))
      throw new WordingError(`${owner}.${name}: a ${owner} has no such field`)
    if (owner === 'parameters' && !Object.hasOwn(rule.parameters, name))
      throw new WordingError(`${owner}.${name}: the rule has no such parameter`)
  }
}

/** The templates of a rule's sentences, for the build. */
export function wordingTemplates({ message, because, needs }: Rule): Template[] {
  const texts = [
    message,
    ...(because === undefined ? [] : [because]),
    ...needs.flatMap(({ otherwise, question }) => [otherwise, question]),
  ]
  return texts.map((text) => ({ text, options: OPTIONS }))
}

/** Every `owner.name` that a template asks for. */
function namesIn(text: string): [string, string][] {
  const names: [string, string][] = []
  class Paths extends Handlebars.Visitor {
    override PathExpression(path: hbs.AST.PathExpression): void {
      const [owner, name] = path.parts.map(String)
      if (owner !== undefined && name !== undefined) names.push([owner, name])
    }
  }
  try {
    new Paths().accept(Handlebars.parse(text))
  } catch {
    throw new WordingError('is no valid template')
  }
  return names
}
