import { describe, expect, it } from 'vitest'
import { evidenceKinds } from '../../src/system/evidence-kinds.js'
import { doubtIn, NOT_REACHED, reachedIn } from '../../src/system/reached.js'
import type { OtherModule, UncalledCode } from '../../src/facts/code.js'
import { Facts, type Fact } from '../../src/facts/fact.js'
import { at, client, codePackage, guard, modelOf, practice, route, server, unreached } from './facts.js'
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
    const doubt = doubtIn(
      new Facts([call, unreached(call), timer, { ...unreached(timer), why: 'components-only' }]),
    )
    expect([call, timer, health].map(doubt)).toEqual([
      { why: 'no-entry', reason: 'no entry of the package imports this module' },
      { why: 'components-only', reason: NOT_REACHED['components-only'] },
      null,
    ])
  })

  it('is told by its place in a module where only a function of it is not called', () => {
    const { source } = call
    const uncalled = (line: number, endLine: number): UncalledCode => ({
      fact: 'uncalled-code',
      source: { ...source, line, endLine },
      package: call.package,
      name: 'Orders.send',
      why: 'no-caller',
    })
    expect(doubtIn(new Facts([call, uncalled(source.line, source.line + 2)]))(call)).toEqual({
      why: 'no-caller',
      reason: `outside tests, nothing in this system calls \`Orders.send\` (${source.path}:${source.line})`,
    })
    expect(doubtIn(new Facts([call, uncalled(source.line + 1, source.line + 2)]))(call)).toBeNull()
    const other = { ...uncalled(source.line, source.line), source: at('other.ts', source.line) }
    expect(doubtIn(new Facts([call, other]))(call)).toBeNull()
    expect(evidenceKinds(modelOf([...system, call, uncalled(source.line, source.line)]))[0]!.detail).toBe(
      '2 packages, 0 outbound clients; 1 declaration judged as written only: outside tests, nothing in this system calls it',
    )
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
      '2 packages, 0 outbound clients; 1 module judged as written only: no entry of the package imports it',
    )
  })

  it('is counted apart when only components load it, and so is what is no part of a service', () => {
    const detail = (...facts: Fact[]): string => evidenceKinds(modelOf(facts))[0]!.detail
    const other = (role: OtherModule['role'], path: string): OtherModule => ({
      fact: 'other-module',
      source: at(path),
      package: 'services/web',
      role,
    })
    expect(detail(codePackage('web'), call, { ...unreached(call), why: 'components-only' })).toBe(
      '1 package, 0 outbound clients; 1 module not judged: only components import it, which browser and server both render',
    )
    expect(
      detail(
        codePackage('web'),
        other('browser', 'a.ts'),
        other('browser', 'b.ts'),
        other('command', 'c.ts'),
      ),
    ).toBe(
      '1 package, 0 outbound clients; not judged, because they are no part of a service: modules 2 of a user interface, 1 of tools',
    )
  })
})
