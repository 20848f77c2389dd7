/** What a module takes from others by the names in its import and export statements, read from its text. */
import { specifiersIn } from '../syntax/imports.js'

/** `import { a } from '../b'`, `export * from '../c'`. */
const TAKING = /\b(import|export)\s+(type\s+)?([^'"`;()=]{1,5000}?)\s*\bfrom\s*(['"])([^'"\n]+)\4/g
/** `import '../a'` takes nothing. */
const FOR_EFFECT = /\bimport\s*(['"])([^'"\n]+)\1/g
const COMMENT = /\/\*[^]*?\*\/|\/\/.*/g
/** `def, { a as b }`, `* as all`, `*`. */
const CLAUSE = /^\s*(?:([\w$]+)\s*,?\s*)?(?:\{([^{}]*)\}|(\*)(?:\s*as\s+([\w$]+))?)?\s*$/
const ITEM = /^\s*(type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/

export interface Taking {
  specifier: string
  /** It is exported again. */
  isPassedOn: boolean
  /** Exported name to the name that it gets here, types left out unless all are; null for all of them. */
  names: Map<string, string> | null
  /** The name under which the whole module is known here. */
  whole: string | null
  /** Only types are taken. */
  isType: boolean
}

export interface Takings {
  taken: Taking[]
  /** As written in what says nothing of names: `require('./a')`, `import('../b')`, a statement that could not be read. */
  unnamed: string[]
}

export function takingsIn(text: string): Takings {
  const taken: Taking[] = []
  const unnamed: string[] = []
  const rest = text.replace(
    TAKING,
    (_, keyword: string, type: string | undefined, clause: string, _quote: string, specifier: string) => {
      const taking = takingOf(clause.replace(COMMENT, ''), type !== undefined)
      if (taking) taken.push({ ...taking, specifier, isPassedOn: keyword === 'export' })
      else unnamed.push(specifier)
      return ''
    },
  )
  const left = rest.replace(FOR_EFFECT, (_, _quote: string, specifier: string) => {
    taken.push({ specifier, isPassedOn: false, names: new Map(), whole: null, isType: false })
    return ''
  })
  return { taken, unnamed: [...unnamed, ...specifiersIn(left)] }
}

/** A text without the statements that take. */
export function withoutTakings(text: string): string {
  return text.replace(TAKING, '').replace(FOR_EFFECT, '')
}

function takingOf(clause: string, isType: boolean): Pick<Taking, 'names' | 'whole' | 'isType'> | null {
  const [, byDefault, list, star, whole] = CLAUSE.exec(clause) ?? []
  if (star !== undefined)
    return byDefault === undefined ? { names: null, whole: whole ?? null, isType } : null
  if (byDefault === undefined && list === undefined) return null
  const items = (list ?? '').split(',').filter((item) => item.trim() !== '')
  const read = items.map((item) => ITEM.exec(item))
  if (read.includes(null)) return null
  const names = new Map<string, string>(byDefault === undefined ? [] : [['default', byDefault]])
  for (const [, type, name, as] of read as RegExpExecArray[])
    if (isType || type === undefined) names.set(name!, as ?? name!)
  return { names, whole: null, isType: isType || (names.size === 0 && items.length > 0) }
}
