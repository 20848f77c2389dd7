/** Makes the reports of every sample anew: the showcase under reports/, which are the golden files too. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { startBrowser } from '../src/report/browser.js'
import { rendererNames } from '../src/report/renderers.js'
import { writeReport } from '../src/report/write.js'
import { analyzeSample } from '../test/sample.js'

const browser = startBrowser()
for (const sample of readdirSync('samples')) {
  const { result } = await analyzeSample(sample)
  const { paths, errors } = await writeReport(result, rendererNames(), join('reports', sample), { browser })
  for (const path of paths) console.log(path)
  for (const { format, message } of errors) {
    console.error(`${format}: ${message}`)
    process.exitCode = 1
  }
}
await (await browser).close()
