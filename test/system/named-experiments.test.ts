import { describe, expect, it } from 'vitest'
import type { Run } from '../../src/facts/experiment.js'
import { withNamedExperiments } from '../../src/system/named-experiments.js'
import { experiment, run } from './facts.js'

const definitions = ['EXP-003', 'EXP-004', 'EXP-0031', 'redis'].map((id) => experiment(id))
const named = (title: string | null, tags: string[] = []): Run =>
  withNamedExperiments([run('r', { experiment: title, tags })], definitions)[0]!

describe('a run whose record is marked with the id of a definition', () => {
  it.each([
    ['a slow cache', ['EXP-003', 'staging'], 'its tag names EXP-003'],
    ['a slow cache', ['exp-003'], 'its tag names EXP-003'],
    ['a slow cache', ['ticket=EXP-003'], 'its tag names EXP-003'],
    ['EXP-003 a slow cache', [], 'its title names EXP-003'],
    ['a slow cache (EXP-003)', ['EXP-003'], 'its tag and its title name EXP-003'],
  ])('%s, %j: is a run of that', (title, tags, reason) => {
    expect(named(title, tags)).toMatchObject({
      experiment: 'EXP-003',
      experimentReason: `its record calls it "${title}"; ${reason}`,
    })
  })

  it('needs no title', () => {
    expect(named(null, ['EXP-004'])).toMatchObject({
      experiment: 'EXP-004',
      experimentReason: 'its tag names EXP-004',
    })
  })

  it('is of neither where it names two', () => {
    expect(named('EXP-003 and more', ['EXP-004'])).toMatchObject({
      experiment: 'EXP-003 and more',
      experimentReason:
        'its record calls it "EXP-003 and more"; it names EXP-003 and EXP-004, so it counts for neither',
    })
  })

  it.each([
    ['part of another id', 'EXP-0032 a slow cache', ['EXP-00']],
    ['an id that goes on', 'EXP-003-b a slow cache', ['EXP-003.1', 'XEXP-003']],
    ['a mere word, though there is an id of it', 'redis is gone', ['redis', 'app=redis']],
    ['nothing', 'a slow cache', []],
  ])('is not told by %s', (_, title, tags) => {
    expect(named(title, tags)).toEqual(run('r', { experiment: title, tags }))
  })

  it('may be named by a word under a key for experiments', () => {
    expect(named('a slow cache', ['experiment:redis'])).toMatchObject({ experiment: 'redis' })
  })

  it('is left with the definition that it names itself', () => {
    expect(named('EXP-004', ['EXP-003'])).toEqual(run('r', { experiment: 'EXP-004', tags: ['EXP-003'] }))
  })
})
