/** Makes the reports of every sample anew: the showcase under reports/, which are the golden files too. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { startBrowser } from '../src/report/browser.js'
import { loadRenderer, rendererNames } from '../src/report/renderers.js'
import { writeReport } from '../src/report/write.js'
import { analyzeSample } from '../test/sample.js'

const browser = startBrowser()
const renderers = await Promise.all(rendererNames().map(loadRenderer))
for (const sample of readdirSync('samples')) {
  const { result } = await analyzeSample(sample)
  const { paths, failures } = await writeReport(result, renderers, join('reports', sample), { browser })
  for (const path of paths) console.log(path)
  for (const { format, message } of failures) {
    console.error(`${format}: ${message}`)
    process.exitCode = 1
  }
}
await (await browser).close()
