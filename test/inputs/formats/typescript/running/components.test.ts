/** Which modules in files for components lead to elements, over any graph of imports. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadFile } from '../../../../../src/inputs/format.js'
import { ImportGraph } from '../../../../../src/inputs/formats/typescript/modules/import-graph.js'
import { Modules } from '../../../../../src/inputs/formats/typescript/modules/modules.js'
import { Components } from '../../../../../src/inputs/formats/typescript/running/components.js'
import { input } from '../reading.js'

interface Module {
  isForElements: boolean
  holds: 'element' | 'hook' | 'nothing'
  loads: number[]
}

const TEXTS: Record<Module['holds'], string> = {
  element: 'export const page = () => <p>Orders</p>',
  hook: `import { useMemo } from 'react'`,
  nothing: 'export const orders = []',
}

const modules = fc.array(
  fc.record<Module>({
    isForElements: fc.boolean(),
    holds: fc.constantFrom('element', 'hook', 'nothing', 'nothing', 'nothing'),
    loads: fc.array(fc.nat(12), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
)

function filesOf(all: Module[]): ReadFile[] {
  return all.map(({ isForElements, holds, loads }, index) => {
    const imports = loads.map((other) => `import './m${other}'`)
    const text = [...imports, TEXTS[holds]].join('\n')
    return {
      ...input(`src/m${index}.${isForElements ? 'tsx' : 'ts'}`, text),
      reading: { facts: [], problems: [] },
    }
  })
}

function componentsOf(files: ReadFile[]): Components {
  return new Components(new Map(files.map((file) => [file.path, file])), new ImportGraph(new Modules(files)))
}

/** Said anew for each module: it holds one, or one of those that it loads does. */
function leads(all: Module[], index: number, seen = new Set<number>()): boolean {
  const module = all[index]
  if (!module || seen.has(index)) return false
  seen.add(index)
  const isEnd = module.holds === 'hook' || (module.holds === 'element' && module.isForElements)
  return isEnd || module.loads.some((other) => leads(all, other, seen))
}

test('a module in a file for components is one if it, or what it loads, has elements or hooks', () => {
  fc.assert(
    fc.property(modules, (all) => {
      const files = filesOf(all)
      const components = componentsOf(files)
      expect(files.map((file) => components.has(file))).toEqual(
        all.map(({ isForElements }, index) => isForElements && leads(all, index)),
      )
    }),
  )
})

test('each module is asked once what it loads, however many ask for elements', () => {
  const chain = Array.from({ length: 300 }, (_, index): Module => {
    return { isForElements: true, holds: 'nothing', loads: [index + 1] }
  })
  const files = filesOf(chain)
  const components = componentsOf(files)
  let asked = 0
  const { graph } = components
  const loadedBy = graph.loadedBy.bind(graph)
  graph.loadedBy = (file) => {
    asked++
    return loadedBy(file)
  }
  expect(files.some((file) => components.has(file))).toBe(false)
  expect(asked).toBe(files.length)
})
