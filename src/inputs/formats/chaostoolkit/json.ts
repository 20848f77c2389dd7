/** JSON as Python writes it: with NaN and Infinity, which become null. */

export interface JsonFault {
  message: string
  offset: number
}

/** Strings (an unfinished one included, so that the search stays linear) and the words JSON does not know. */
const STRING_OR_WORD = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|-?\b(?:NaN|Infinity)\b/g

export function parsePythonJson(text: string): { value: unknown } | { fault: JsonFault } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) return { fault: faultOf(error, text) }
  }
  try {
    return {
      value: JSON.parse(text.replace(STRING_OR_WORD, (token) => (token.startsWith('"') ? token : 'null'))),
    }
  } catch (error) {
    return { fault: faultOf(error, text) }
  }
}

/** The position is in the message, if anywhere; a file that ends too early ends at its end. */
function faultOf(error: unknown, text: string): JsonFault {
  const message = error instanceof Error ? error.message : String(error)
  const position = /position (\d+)/.exec(message)
  const offset = position ? Math.min(Number(position[1]), text.length) : text.length
  const cutShort = /end of JSON|Unterminated/.test(message)
  return { message: cutShort ? 'the JSON ends too early; the file was cut off' : 'this is not JSON', offset }
}
