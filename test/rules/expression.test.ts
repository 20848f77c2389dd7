import { describe, expect, it } from 'vitest'
import { askable, compile, ExpressionError } from '../../src/rules/expression.js'
import type { SubjectKind } from '../../src/rules/subject-types.js'

function fault(text: string, subject: SubjectKind = 'workload'): { message: string; offset: number } {
  try {
    compile(text, subject)
  } catch (error) {
    if (error instanceof ExpressionError) return { message: error.message, offset: error.offset }
    throw error
  }
  throw new Error(`${text} compiles`)
}

function ask(
  text: string,
  fields: object,
  parameters: Record<string, number> = {},
  subject: SubjectKind = 'workload',
): boolean {
  return compile(text, subject)(fields, parameters)
}

describe('an expression that cannot be asked is refused at load', () => {
  it.each([
    ['an unknown field', 'workload.replica > 1', 0],
    ['a field of another kind', 'workload.forSeconds > 0.0', 0],
    ['an unknown variable', 'container.name == "a"', 0],
    ['a broken sentence', 'workload.instances >', 20],
    ['a comparison of kinds that never meet', 'workload.name > 3', 0],
  ])('%s', (_, text, offset) => {
    const { message, offset: at } = fault(text)
    expect(message.length).toBeGreaterThan(10)
    expect(message).not.toContain('\n')
    expect(Math.abs(at - offset)).toBeLessThanOrEqual(1)
  })

  it('names the unknown field', () => {
    expect(fault('workload.replica > 1').message).toContain('replica')
  })

  it('whatever is not true or false', () => {
    expect(fault('workload.instances + 1').message).toBe('gives double, where true or false is needed')
    expect(fault('"yes"').message).toBe('gives string, where true or false is needed')
  })

  it('a protection asked of what has none', () => {
    expect(fault('workload.guard("replicas") == "present"').message).toContain('guard')
  })
})

describe('arithmetic over doubles and whole numbers', () => {
  it.each([
    ['workload.instances >= 2', true],
    ['workload.instances == 3', true],
    ['workload.instances + 1 == 4', true],
    ['workload.instances != 3', false],
    ['workload.instances - 1 > 2', false],
    ['workload.instances * 2 == 6', true],
    ['workload.instances / 2 == 1.5', true],
    ['workload.instances >= parameters.minimum', true],
    ['workload.spreadOver.size() == 1 && "zone" in workload.spreadOver', true],
  ])('%s is %s', (text, expected) => {
    expect(ask(text, { instances: 3, spreadOver: ['zone'] }, { minimum: 2 })).toBe(expected)
  })
})

describe('what is not there', () => {
  it('a null can be asked for', () => {
    expect(ask('workload.maxUnavailable == null', { maxUnavailable: null })).toBe(true)
    expect(ask('workload.maxUnavailable != null', { maxUnavailable: '1' })).toBe(true)
  })

  it('a null in a calculation is an error, not an answer', () => {
    expect(() => ask('budget.allowedDisruptions >= 1', { allowedDisruptions: null }, {}, 'budget')).toThrow()
  })

  it('a missing parameter is an error, not an answer', () => {
    expect(() => ask('workload.instances >= parameters.minimum', { instances: 3 })).toThrow()
  })

  it('an answer that is neither true nor false is an error', () => {
    expect(() => ask('workload.maxUnavailable', { maxUnavailable: '1' })).toThrow(
      'gave string, not true or false',
    )
  })
})

describe('protections', () => {
  const fields = { guards: { 'http-timeout': 'inert' }, reasons: {} }

  it.each(['client', 'dependency', 'component'] as const)('can be asked of a %s', (subject) => {
    expect(ask(`${subject}.guard("http-timeout") == "inert"`, fields, {}, subject)).toBe(true)
    expect(ask(`${subject}.guard("bulkhead") == "none"`, fields, {}, subject)).toBe(true)
  })
})

describe('fields that are made askable once', () => {
  const container = { name: 'web', image: 'web:1', ports: [80], readiness: null }
  const fields = { name: 'cart', instances: 2, containers: [container], claims: ['data'] }

  it.each([
    'workload.instances >= 2.0',
    'workload.name == "other"',
    'workload.containers.all(c, c.name == "web" && c.ports.size() == 1)',
    'workload.containers.exists(c, c.readiness == null)',
    'workload.claims.exists(claim, claim == "data")',
  ])('answer %s as they do by themselves, however often they are asked', (text) => {
    const view = askable(fields, 'workload')
    const condition = compile(text, 'workload')
    const answer = condition(fields, {})
    expect([condition(view, {}), condition(view, {})]).toEqual([answer, answer])
  })

  it('lack and refuse the same fields', () => {
    for (const [text, wrong] of [
      ['workload.instances > 1.0', { name: 'cart' }],
      ['workload.instances > 1.0', { instances: 'two' }],
    ] as const) {
      const condition = compile(text, 'workload')
      expect(() => condition(wrong, {})).toThrow()
      expect(() => condition(askable(wrong, 'workload'), {})).toThrow()
    }
  })
})
