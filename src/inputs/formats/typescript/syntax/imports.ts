/** What a module loads when it runs, read from its text: whole systems are followed this way, without parsing them. */
import { codeEntries } from '../../../../knowledge/code-entries.js'

export interface Loads {
  /** As written in imports, re-exports, `require` and `import()`; imports of types load nothing. */
  specifiers: string[]
  /** Of the imports that only take types. */
  types: string[]
  /** Strings that may name a module: of a worker, of a process to fork. */
  names: string[]
  /** Folders of which it loads modules by names that are computed: `./jobs/` of `import(`./jobs/${name}.js`)`. */
  folders: string[]
  /** It loads modules of which its text does not even name the folder. */
  isOpen: boolean
}

const QUOTED = String.raw`(['"\x60])([^'"\x60\n]+)\1`
const IMPORT = new RegExp(
  String.raw`(?:\bfrom|\brequire\s*\(|\brequire\.resolve\(|\bimport\s*\(|\bimport)\s*(?:/\*[^*]{0,200}\*/\s*)?${QUOTED}`,
  'g',
)
const TYPE_IMPORT =
  /\b(?:import|export)\s+type\s+(?:[\w$]+(?:\s*,\s*(?:\{[^}]{0,2000}\}|\*\s*as\s+[\w$]+))?|\{[^}]{0,2000}\}|\*\s*as\s+[\w$]+)\s*\bfrom\s*(['"])[^'"\n]+\1/g
/** Leaves out what stands behind `from` in a sentence. */
const SPECIFIER = /^(?:\.{1,2}(?:\/.*)?|(?:[a-z]+:)?[@#~$\w][\w@./~$#+()[\]-]*)$/
/** A line that is only a comment, or stands inside one; `* from '../a'` goes on with an `export` of the line before. */
const COMMENT_LINE = /^[ \t]*(?:\/\/.*|\/\*.*\*\/[ \t]*|\*[ \t](?!(?:as\s+[\w$]+\s+)?from\b\s*['"]).*)$/gm
/** A blank before the parenthesis stands in sentences as well: there only where a value is expected. */
const CALL = String.raw`\b(?:require|import)(?:(?<![.\w$](?:require|import))|(?<=(?:[=([]|=>|&&|\|\||\b(?:await|return))\s{0,9}(?:require|import))\s{1,9})\(\s*(?:/\*[^*]{0,200}\*/\s*)?`
/** A variable, a template with parts, a sum. */
const COMPUTED = new RegExp(String.raw`${CALL}(?:[^\s'"\x60)/]|\x60[^\x60]*\$\{|(['"])[^'"\n]*\1\s*\+)`)
/** The same behind the beginning of a relative path. */
const COMPUTED_BELOW = new RegExp(
  String.raw`${CALL}(?:\x60(\.{1,2}/[^\x60$\n]*)\$\{|(['"])(\.{1,2}/[^'"\n]*)\2\s*\+)`,
  'g',
)
const NAME = /(['"`])(?:\$\{[^}\n]{0,200}\}\/?)?((?:\.{0,2}\/)?[\w@-][\w@./-]*)\1/g
const NAMES_MODULE = /^\.{1,2}\/|\.[cm]?[jt]sx?$/

export function loadsOf(text: string): Loads {
  const types: string[] = []
  const code = text.replace(COMMENT_LINE, '').replace(TYPE_IMPORT, (found) => {
    types.push(...specifiersIn(found))
    return ''
  })
  const folders: string[] = []
  const rest = code.replace(COMPUTED_BELOW, (_, template?: string, _quote?: string, text?: string) => {
    folders.push((template ?? text ?? '').replace(/[^/]*$/, ''))
    return ''
  })
  return {
    specifiers: specifiersIn(rest),
    folders,
    types,
    names: [...rest.matchAll(NAME)].flatMap(([, , name]) => (NAMES_MODULE.test(name!) ? [name!] : [])),
    isOpen: COMPUTED.test(rest) || codeEntries().findsModules.test(rest),
  }
}

/** As written behind `from`, in `require` and in `import()`. */
export function specifiersIn(code: string): string[] {
  return [...code.matchAll(IMPORT)].flatMap(([, , name]) => (SPECIFIER.test(name!) ? [name!] : []))
}
