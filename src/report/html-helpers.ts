/** Helpers of the HTML templates: text of strangers, escaped, with a little typography. */
import { escapeHtml, markup, type Helpers } from './templates.js'

export const htmlHelpers: Helpers = {
  /** A path or another literal; long ones may break after a slash. */
  code: (text: string) => markup(`<code>${escapeHtml(text).replaceAll('/', '/<wbr>')}</code>`),
  /** Sentences in which `backticks` mark code. */
  prose: (text: string) => markup(escapeHtml(text).replace(/&#x60;(.+?)&#x60;/g, '<code>$1</code>')),
}
