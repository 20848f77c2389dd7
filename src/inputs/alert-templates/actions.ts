/** Actions of a template: `if`, `end`, or what is to be printed, with the operands of their pipelines. */
import { TemplateFault, tokensOf, type Token } from './tokens.js'

export interface Operand {
  /** Variable, word of a function, or `.`; null for what is written out. */
  head: string | null
  /** `["Labels", "job"]` of `.Labels.job`. */
  fields: string[]
  /** Of a text that is written out. */
  text: string | null
}

export interface Action {
  /** `print` where no keyword stands. */
  kind:
    | 'print'
    | 'if'
    | 'with'
    | 'range'
    | 'else'
    | 'end'
    | 'define'
    | 'block'
    | 'template'
    | 'break'
    | 'continue'
  /** Variables that its pipeline is given to. */
  declares: string[]
  /** `=` gives a variable that exists another value. */
  isAssignment: boolean
  operands: Operand[]
}

const KEYWORDS = [
  'if',
  'with',
  'range',
  'else',
  'end',
  'define',
  'block',
  'template',
  'break',
  'continue',
] as const
const WITHOUT_PIPELINE = new Set(['end', 'break', 'continue'])
const CONSTANTS = new Set(['true', 'false', 'nil'])

export function actionsOf(text: string): Action[] {
  const actions: Action[] = []
  let within: Token[] = []
  for (const token of tokensOf(text)) {
    if (token.kind === 'open') within = []
    else if (token.kind === 'close') actions.push(...actionOf(within))
    else within.push(token)
  }
  return actions
}

/** `else if` is two actions. */
function actionOf(all: Token[]): Action[] {
  const tokens = trimmed(all)
  const keyword = KEYWORDS.find((word) => tokens[0]?.kind === 'word' && tokens[0].text === word)
  const rest = trimmed(keyword ? tokens.slice(1) : tokens)
  if (keyword === 'else') {
    const empty: Action = { kind: 'else', declares: [], isAssignment: false, operands: [] }
    if (rest.length === 0) return [empty]
    const next = rest[0]!.text
    if (next === 'if' || next === 'with') return [{ ...pipelineOf(trimmed(rest.slice(1)), 'else') }]
    throw new TemplateFault(`unexpected ${JSON.stringify(next)} in else`)
  }
  if (keyword && WITHOUT_PIPELINE.has(keyword)) {
    if (rest.length > 0) throw new TemplateFault(`unexpected ${JSON.stringify(rest[0]!.text)} in ${keyword}`)
    return [{ kind: keyword, declares: [], isAssignment: false, operands: [] }]
  }
  if (keyword === 'template' || keyword === 'define' || keyword === 'block') {
    if (rest[0]?.kind !== 'string') throw new TemplateFault(`missing name in ${keyword}`)
    const after = trimmed(rest.slice(1))
    return [
      {
        ...(after.length > 0
          ? pipelineOf(after, keyword)
          : { declares: [], isAssignment: false, operands: [] }),
        kind: keyword,
      },
    ]
  }
  return [pipelineOf(rest, keyword ?? 'print')]
}

function pipelineOf(tokens: Token[], kind: Action['kind']): Action {
  const sign = tokens.findIndex(({ kind: of, text }) => of === 'sign' && (text === ':=' || text === '='))
  const before = sign < 0 ? [] : tokens.slice(0, sign)
  const declares = before.filter(({ kind: of }) => of === 'variable').map(({ text }) => text)
  const operands = operandsOf(tokens.slice(sign + 1))
  if (operands.length === 0)
    throw new TemplateFault(kind === 'print' ? 'missing value for command' : `missing value for ${kind}`)
  return { kind, declares, isAssignment: sign >= 0 && tokens[sign]!.text === '=', operands }
}

function operandsOf(tokens: Token[]): Operand[] {
  const operands: Operand[] = []
  let depth = 0
  let last: Operand | null = null
  for (const { kind, text } of tokens) {
    if (kind === 'sign' && text === '(') depth++
    if (kind === 'sign' && text === ')' && --depth < 0) throw new TemplateFault('unexpected right paren')
    if (kind === 'sign' && (text === ':=' || text === '=' || text === ','))
      throw new TemplateFault(`unexpected ${JSON.stringify(text)} in operand`)
    if (kind === 'field' && last) last.fields.push(text.slice(1))
    else if (kind === 'sign' && text === ')') last = ofParentheses()
    else {
      last = operandOf(kind, text)
      if (last) operands.push(last)
    }
  }
  if (depth > 0) throw new TemplateFault('unclosed left paren')
  return operands
}

/** `(toTime $value).Year`: what stands between them is an operand of its own, whose fields are nobody's. */
function ofParentheses(): Operand {
  return { head: null, fields: [], text: null }
}

/** Null for what is between operands. */
function operandOf(kind: Token['kind'], text: string): Operand | null {
  if (kind === 'space' || kind === 'sign') return null
  if (kind === 'field') return { head: '.', fields: [text.slice(1)], text: null }
  if (kind === 'string') return { head: null, fields: [], text: text.slice(1, -1) }
  const isName = kind === 'variable' || kind === 'dot' || (kind === 'word' && !CONSTANTS.has(text))
  return { head: isName ? text : null, fields: [], text: null }
}

function trimmed(tokens: Token[]): Token[] {
  const from = tokens.findIndex(({ kind }) => kind !== 'space')
  const to = tokens.findLastIndex(({ kind }) => kind !== 'space')
  return from < 0 ? [] : tokens.slice(from, to + 1)
}
