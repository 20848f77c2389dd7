import { describe, expect, it } from 'vitest'
import { Kustomizations, type Placed } from '../../../src/system/manifests/kustomize.js'
import { Neighbourhood } from '../../../src/system/manifests/neighbourhood.js'
import { Sameness } from '../../../src/system/manifests/sameness.js'
import { at } from '../facts.js'

const PATH = 'k8s/base/web.yaml'

function meeting(mine: string[] | undefined, theirs: string[] | undefined, other = 'k8s'): string {
  const placed = (name: string, renderedFrom: string, onlyIn: string[] | undefined): Placed => ({
    name,
    namespace: 'default',
    source: at(PATH),
    renderedFrom,
    ...(onlyIn && { onlyIn }),
  })
  const kustomizations = new Kustomizations([], [PATH])
  const neighbourhood = new Neighbourhood(kustomizations, new Sameness(kustomizations, [], []))
  return neighbourhood.meeting(placed('web', 'k8s', mine), placed('budget', other, theirs)).where
}

describe('objects that are rendered', () => {
  it.each([
    ['always', ['prod'], ['prod']],
    ['always', ['prod'], ['dev', 'prod']],
    ['always', ['prod'], undefined],
    ['sometimes', ['dev', 'prod'], ['prod']],
    ['sometimes', undefined, ['prod']],
    ['never', ['dev'], ['prod']],
  ])('meet %s when one is in %s and the other in %s', (where, mine, theirs) => {
    expect(meeting(mine, theirs)).toBe(where)
  })

  it('of several systems may meet, whatever their environments are called', () => {
    expect(meeting(['dev'], ['production'], 'charts')).not.toBe('never')
  })
})
