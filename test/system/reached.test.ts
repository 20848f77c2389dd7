import { describe, expect, it } from 'vitest'
import { evidenceKinds } from '../../src/system/evidence-kinds.js'
import { NOT_REACHED, reachedIn } from '../../src/system/reached.js'
import { Facts, type Fact } from '../../src/facts/fact.js'
import { client, codePackage, guard, modelOf, practice, route, server, unreached } from './facts.js'
import { container, workload } from './manifests.js'

const call = client('web', 'pricing', { guards: { 'http-timeout': guard('absent') } })
const timer = practice('web', 'distributed-lock', 'absent')
const health = route('web', '/health', true, [call])
const system: Fact[] = [
  codePackage('web'),
  codePackage('pricing'),
  workload('web', { containers: [container('web')] }),
]

describe('code that no entry leads to', () => {
  it('is told from the rest by its module', () => {
    const isReached = reachedIn(new Facts([call, unreached(call), timer]))
    expect([call, timer].map(isReached)).toEqual([false, true])
    expect(NOT_REACHED).toBe('no entry of the package imports this module')
  })

  it('makes no dependency, and guards and endangers nothing', () => {
    const dead = [call, timer, health].flatMap((fact) => [fact, unreached(fact)])
    const { system: joined, chains } = modelOf([...system, ...dead])
    const web = joined.component('web')!
    expect([web.clients, web.practices, web.routes]).toEqual([[], [], []])
    expect(joined.dependencies).toEqual([])
    expect(chains).toEqual([])
    expect(web.guards['distributed-lock']).toBeUndefined()
    expect(modelOf([...system, call, timer]).system.dependencies).toHaveLength(1)
  })

  it('makes no service of its package', () => {
    const library = codePackage('jobs', { role: 'library' })
    const listening = server('jobs')
    const ids = (...facts: Fact[]): string[] => modelOf(facts).system.components.map(({ id }) => id)
    expect(ids(library, listening)).toEqual(['jobs'])
    expect(ids(library, listening, unreached(listening))).toEqual([])
  })

  it('is counted where the report says what was read', () => {
    const detail = (...facts: Fact[]): string => evidenceKinds(modelOf(facts))[0]!.detail
    expect(detail(...system, call)).toBe('2 packages, 1 outbound client')
    expect(detail(...system, call, unreached(call))).toBe(
      '2 packages, 0 outbound clients; 1 module not judged: no entry of the package imports it',
    )
  })
})
