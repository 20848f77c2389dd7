/** `report.html`: one file without scripts or outside parts, for the screen; prints well too. */
import { documentOf } from '../document.js'
import type { Renderer } from '../renderer.js'

const html: Renderer = {
  name: 'html',
  extension: 'html',
  render: async (result) => (await documentOf(result)).html(),
}

export default html
