/** A name in the text of code, where it stands by itself. */

export function hasWord(text: string, word: string): boolean {
  return text.includes(word) && wordPattern(word).test(text)
}

/** Global, for `matchAll`, unless other flags are given. */
export function wordPattern(word: string, flags = 'g'): RegExp {
  return new RegExp(String.raw`(?<![\w$#])${word.replace(/[$]/g, String.raw`\$`)}(?![\w$])`, flags)
}
