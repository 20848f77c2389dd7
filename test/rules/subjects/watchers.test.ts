import { describe, expect, it } from 'vitest'
import type { Matcher, Selector } from '../../../src/facts/alert.js'
import { Watchers } from '../../../src/rules/subjects/watchers.js'

function up(...matchers: [label: string, operator: Matcher['operator'], value: string][]): Selector {
  return { metric: 'up', matchers: matchers.map(([label, operator, value]) => ({ label, operator, value })) }
}

const cart = up(['job', '=', 'cart'])
const mail = up(['job', '=', 'mail'])
const either = up(['job', '=~', 'cart|mail'])
const shop = up(['namespace', '=', 'shop'])
const all = up()
const watchers = new Watchers([cart, mail, either, shop, all])

describe('selectors that may watch a name', () => {
  it('are those that ask for it, for a pattern, or for no name', () => {
    expect(watchers.of('job', ['cart'])).toEqual([either, shop, all, cart])
    expect(watchers.of('job', ['none'])).toEqual([either, shop, all])
    expect(watchers.of('namespace', ['shop'])).toEqual([cart, mail, either, all, shop])
  })
})
