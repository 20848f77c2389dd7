/** Components that stand in for others in tests, as their names say, beside those of the system. */
import type { Workload } from '../../facts/kubernetes.js'
import { isCalledDouble } from '../../knowledge/left-out.js'
import type { Component } from '../component.js'
import type { Doubt } from '../reached.js'
import { imageName } from './images.js'

/** By the id of a component; where every workload is a double, they are the system. */
export function doubtOfDoubles(components: Component[]): (id: string) => Doubt | null {
  const inCluster = components.filter(({ workloads }) => workloads.length > 0)
  const doubles = inCluster.filter(({ workloads }) => workloads.every(isDouble))
  const ids = new Set(doubles.length < inCluster.length ? doubles.map(({ id }) => id) : [])
  return (id) => (ids.has(id) ? TEST_DOUBLE : null)
}

/** The image of one of several containers says nothing of the others. */
function isDouble({ name, containers }: Workload): boolean {
  const image = containers.length === 1 ? imageName(containers[0]!.image) : null
  return isCalledDouble(name) || (image !== null && isCalledDouble(image))
}

const TEST_DOUBLE: Doubt = {
  why: 'test-double',
  reason:
    'its name says that it stands in for something in tests, next to the workloads of the system: users may not depend on it',
}
