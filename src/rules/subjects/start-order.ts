/** Workloads as subjects, by whom they wait for before they start. */
import type { Model } from '../../system/model.js'
import { circleWords, startOrders, type StartOrder } from '../../system/wiring/start-order.js'
import type { Subject } from '../subject.js'
import { objectSubject } from './object.js'

/** Of those in one circle the first by name stands for all. */
export function startSubjects({ manifests, system }: Model): Subject[] {
  return startOrders(manifests).map((order) => {
    const { workload, waits, circle } = order
    const [first] = [workload.name, ...circle.map((step) => step.workload.name)].sort()
    const isShown = first === workload.name
    return {
      ...objectSubject('startorder', workload, system.runBy(workload), manifests),
      ...(isShown && { places: () => placesOf(order) }),
      fields: {
        name: workload.name,
        circle: isShown ? circleWords(order) : [],
        waitsFor: waits.flatMap(({ targets }) => targets.map(({ name }) => name)),
        unknown: waits.flatMap(({ unknown }) => unknown ?? []),
      },
    }
  })
}

function placesOf({
  circle,
}: StartOrder): { source: StartOrder['circle'][number]['source']; message: string }[] {
  return circle.map(({ source, workload }) => ({ source, message: `waits for ${workload.name}` }))
}
