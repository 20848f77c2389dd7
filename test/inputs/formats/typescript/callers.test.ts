/** How many calls are looked at for the question what callers decide: counted, because time tells little. */
import { expect, test } from 'vitest'
import { Modules } from '../../../../src/inputs/formats/typescript/modules/modules.js'
import { PackageNames } from '../../../../src/inputs/formats/typescript/modules/package-names.js'
import { Callers } from '../../../../src/inputs/formats/typescript/survey/callers.js'
import { Survey } from '../../../../src/inputs/formats/typescript/survey/survey.js'
import { treeOf } from '../../../../src/inputs/formats/typescript/syntax/trees.js'
import { loadLibraries } from '../../../../src/knowledge/libraries.js'
import { input } from './reading.js'

const libraries = loadLibraries()

/** Asks of every outbound call who decides about it, where nobody settles it. */
function followed(text: string): { steps: number; questions: number; isCut: boolean } {
  const file = { ...input('main.ts', text), reading: { facts: [], problems: [] } }
  const survey = new Survey(new Modules([file], new PackageNames(libraries)), libraries, null, null)
  survey.add(treeOf(file)!)
  const callers = new Callers(survey)
  const answers = survey.outbound.map(({ node }) =>
    callers.waysTo(
      node.arguments,
      () => false,
      () => 'open',
    ),
  )
  return {
    steps: callers.followed,
    questions: answers.length,
    isCut: answers.some(({ isCut }) => isCut),
  }
}

const lines = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i)).join('\n')

test('functions that each hand something on twice cost two calls each, not twice as many as those before', () => {
  const layers = (n: number): string =>
    `const f0 = (signal) => fetch('http://stock', { signal })
    ${lines(n, (i) => `const f${i + 1} = (signal) => [f${i}(signal), f${i}(signal)]`)}`
  expect(followed(layers(12))).toEqual({ steps: 24, questions: 1, isCut: false })
})

test('functions that all call each other after a while share what may be looked at', () => {
  const timers = (n: number): string =>
    lines(
      n,
      (i) => `async function job${i}(signal) {
        await fetch('http://stock', { signal })
        setTimeout(() => { job${(i + 1) % n}(signal); job${(i * 7 + 3) % n}(signal) }, 1000)
      }`,
    )
  const [few, many] = [followed(timers(100)), followed(timers(600))]
  expect([few.questions, many.questions]).toEqual([100, 600])
  expect(few.steps).toBeLessThanOrEqual(100 * 200)
  // Past what all questions share, each has its few: linear, not a square.
  expect(many.steps).toBeLessThan(20_000 + 600 * 40)
})
