/** Helpers of the HTML templates: text of strangers, escaped, with a little typography. */
import { asSentence } from './view/figures.js'
import { escapeHtml, markup, type Helpers } from './templates.js'

export const htmlHelpers: Helpers = {
  /** A path or another literal; long ones may break after a slash. */
  code: (text: string) => markup(`<code>${escapeHtml(text).replaceAll('/', '/<wbr>')}</code>`),
  /** Text in which `backticks` mark code. */
  prose,
  sentence: (text: string) => prose(asSentence(text)),
}

function prose(text: string): ReturnType<typeof markup> {
  return markup(escapeHtml(text).replace(/&#x60;(.+?)&#x60;/g, '<code>$1</code>'))
}
