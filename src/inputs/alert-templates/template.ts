/** A label or annotation as Prometheus or Grafana would print it: what it asks for, and why it cannot be printed. */
import type { AlertTemplate } from '../../facts/alert.js'
import { alertTemplates } from '../../knowledge/alerts/alert-templates.js'
import { grafana } from '../../knowledge/alerts/grafana.js'
import { placeholderIn } from '../promql/placeholders.js'
import { actionsOf, type Action, type Operand } from './actions.js'
import { TemplateFault } from './tokens.js'

/** Null for a text without actions. */
export function templateOf(text: string): AlertTemplate | null {
  if (!text.includes('{{')) return null
  const reader = new TemplateReader()
  try {
    for (const action of actionsOf(text)) reader.take(action)
    reader.end()
    return reader.read
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error
    const placeholder = placeholderIn(text, 'beside actions')
    const notJudged = placeholder && `${placeholder} is filled in before Prometheus reads it`
    return { ...reader.read, ...(notJudged === null ? { error: error.message } : { notJudged }) }
  }
}

/**
 * Of a rule that Grafana evaluates: of a text that it cannot print Grafana shows the rest, so that nothing is an error here. In
 * files that it provisions, `$$` stands for `$`.
 */
export function templateInGrafana(text: string): AlertTemplate | null {
  if (!text.includes('{{')) return null
  const reader = new TemplateReader('grafana')
  try {
    for (const action of actionsOf(text.replaceAll('$$', '$'))) reader.take(action)
    reader.end()
    const { wrongField, ...read } = reader.read
    const notJudged = wrongField && `Grafana prints it, and ${wrongField} is not known here`
    const labels = read.labels.filter(
      (label) => !grafana().ownLabels.includes(label) && !label.startsWith('__'),
    )
    return { ...read, wrongField: null, notJudged, labels }
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error
    return { ...reader.read, wrongField: null, notJudged: `Grafana prints it: ${error.message}`, labels: [] }
  }
}

/** Those of several texts that are templates, by their names. */
export function templatesInGrafana(texts: Record<string, string>): Record<string, AlertTemplate> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => {
      const template = templateInGrafana(text)
      return template ? [[name, template]] : []
    }),
  )
}

/** What `.` and a variable stand for: the data of the alert, its value, the values by query, its labels, or anything else. */
type Meaning = 'data' | 'value' | 'values' | 'labels' | 'other'

interface Block {
  kind: Action['kind']
  dot: Meaning
  variables: Map<string, Meaning>
  hasElse: boolean
}

class TemplateReader {
  readonly #labels = new Set<string>()
  #printsValue = false
  #fault: string | null = null
  #ofVmalert: string | null = null
  readonly #blocks: Block[]

  constructor(private readonly printer: 'prometheus' | 'grafana' = 'prometheus') {
    const variables = printer === 'prometheus' ? ofPrometheus() : ofGrafana()
    this.#blocks = [{ kind: 'print', dot: 'data', variables, hasElse: false }]
  }

  get read(): AlertTemplate {
    const labels = [...this.#labels].sort()
    const notJudged = this.#ofVmalert && `${this.#ofVmalert} is known to vmalert, not to Prometheus`
    return { error: null, wrongField: this.#fault, notJudged, labels, printsValue: this.#printsValue }
  }

  take(action: Action): void {
    switch (action.kind) {
      case 'end':
        if (this.#blocks.length === 1) throw new TemplateFault('unexpected {{end}}')
        this.#blocks.pop()
        return
      case 'else':
        this.#takeElse(action)
        return
      case 'define':
        this.#open('define', 'other', new Map([['$', 'other']]))
        return
      case 'break':
      case 'continue':
        if (!this.#blocks.some(({ kind }) => kind === 'range'))
          throw new TemplateFault(`{{${action.kind}}} outside {{range}}`)
        return
      default:
        this.#takePipeline(action)
    }
  }

  end(): void {
    if (this.#blocks.length > 1) throw new TemplateFault('unexpected EOF: an {{end}} is missing')
  }

  get #block(): Block {
    return this.#blocks.at(-1)!
  }

  #takeElse(action: Action): void {
    const block = this.#block
    if (!['if', 'with', 'range'].includes(block.kind) || block.hasElse)
      throw new TemplateFault('unexpected {{else}}')
    block.hasElse = action.operands.length === 0
    block.dot = this.#blocks.at(-2)!.dot
    if (action.operands.length > 0) this.#meaningOf(action.operands)
  }

  #takePipeline({ kind, operands, declares, isAssignment }: Action): void {
    const meaning = this.#meaningOf(operands)
    const unknown = isAssignment ? declares.find((name) => !this.#block.variables.has(name)) : undefined
    if (unknown !== undefined) throw new TemplateFault(`undefined variable "${unknown}"`)
    const variables = new Map(this.#block.variables)
    for (const name of declares) variables.set(name, kind === 'range' ? 'other' : meaning)
    if (kind === 'print') {
      this.#block.variables = variables
      if (declares.length === 0 && meaning === 'value') this.#printsValue = true
    } else if (kind === 'with')
      this.#open(kind, declares.length > 0 && meaning === 'other' ? 'other' : meaning, variables)
    else if (kind === 'range' || kind === 'block') this.#open(kind, 'other', variables)
    else if (kind === 'if') this.#open(kind, this.#block.dot, variables)
  }

  #open(kind: Action['kind'], dot: Meaning, variables: Map<string, Meaning>): void {
    this.#blocks.push({ kind, dot, variables, hasElse: false })
  }

  /** What a pipeline comes to; the value where the value takes part, whatever is done with it. */
  #meaningOf(operands: Operand[]): Meaning {
    const { functions, indexing } = alertTemplates()
    const meanings = operands.map((operand): Meaning => {
      if (operand.head === null) return 'other'
      if (operand.head === '.') return this.#fieldOf(this.#block.dot, operand.fields)
      if (operand.head.startsWith('$')) {
        const meaning = this.#block.variables.get(operand.head) ?? this.#known('variables', operand.head)
        if (meaning === null) throw new TemplateFault(`undefined variable "${operand.head}"`)
        return this.#fieldOf(meaning, operand.fields)
      }
      if (!functions.includes(operand.head) && this.#known('functions', operand.head) === null)
        throw new TemplateFault(`function "${operand.head}" not defined`)
      return 'other'
    })
    const texts = operands.flatMap(({ text }) => text ?? [])
    if (indexing.includes(operands[0]?.head ?? '') && meanings[1] === 'labels' && texts[0] !== undefined)
      this.#labels.add(texts[0])
    if (meanings.includes('value')) return 'value'
    return operands.length === 1 ? meanings[0]! : 'other'
  }

  /** A word that Prometheus does not have, and what else prints alerts does. */
  #known(kind: 'functions' | 'variables' | 'fields', word: string): Meaning | null {
    const { vmalert, grafana } = alertTemplates()
    if (this.printer === 'grafana') return grafana[kind].includes(word) ? 'other' : null
    if (!vmalert[kind].includes(word)) return null
    this.#ofVmalert ??= word
    return 'other'
  }

  #fieldOf(of: Meaning, [field, ...rest]: string[]): Meaning {
    if (field === undefined) return of
    if (of === 'labels') this.#labels.add(field)
    // `$values.B` is printed as its value.
    if (of === 'values') return rest[0] === 'Labels' ? this.#fieldOf('labels', rest.slice(1)) : 'value'
    if (of !== 'data') return 'other'
    const { fields } = alertTemplates()
    if (this.printer === 'grafana' && alertTemplates().grafana.fields.includes(field))
      return this.#fieldOf('values', rest)
    if (field === fields.value) return 'value'
    if (field === fields.labels) return this.#fieldOf('labels', rest)
    if (!fields.others.includes(field) && this.#known('fields', field) === null) this.#fault ??= `.${field}`
    return 'other'
  }
}

function ofGrafana(): Map<string, Meaning> {
  const { variables, grafana } = alertTemplates()
  return new Map<string, Meaning>([
    ['$', 'data'],
    [variables.labels, 'labels'],
    [variables.value, 'value'],
    ...grafana.variables.map((name): [string, Meaning] => [name, 'values']),
  ])
}

function ofPrometheus(): Map<string, Meaning> {
  const { variables } = alertTemplates()
  return new Map<string, Meaning>([
    ['$', 'data'],
    [variables.labels, 'labels'],
    [variables.value, 'value'],
    ...variables.others.map((name): [string, Meaning] => [name, 'other']),
  ])
}
