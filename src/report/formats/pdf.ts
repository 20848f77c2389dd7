/** `report.pdf`: the HTML document printed by a browser that may neither run scripts nor ask for anything. */
import { printPage } from '../browser/print.js'
import { documentOf } from '../document.js'
import { fixDates, hasFonts, pagesOfAnchors } from '../pdf/file.js'
import type { Renderer } from '../renderer.js'
import { compileTemplate } from '../templates.js'

const pdf: Renderer = {
  name: 'pdf',
  extension: 'pdf',
  render: async (result, { browser }) => {
    if (browser === null) throw new Error('a PDF needs a browser and none was started')
    const document = await documentOf(result)
    const frame = {
      header: compileTemplate('page-header.html')(document.view),
      footer: compileTemplate('page-footer.html')(document.view),
    }
    const page = await (await browser).newPage()
    try {
      const draft = await printPage(page, document.html(), frame)
      const final = await printPage(page, document.html(pagesOfAnchors(draft)), frame)
      if (!hasFonts(final)) {
        throw new Error(
          'the browser printed pages without text: it found no fonts. Set another browser with --browser PATH',
        )
      }
      return fixDates(final, new Date(result.asOf))
    } finally {
      await page.close()
    }
  },
}

export default pdf
