/** Manifests beside those of the system that show how something is used, or was in use before: nothing says that they are deployed. */
import type { Workload } from '../../facts/kubernetes.js'
import { isExample, isSetAside } from '../../knowledge/left-out.js'
import type { Doubt } from '../reached.js'

/** By the path of a manifest, why it may not be deployed; where all are examples, or set aside, they are the system. */
export function doubtBeside(workloads: Workload[]): (path: string) => Doubt | null {
  const doubts = [
    { doubt: EXAMPLE, isOne: isExample },
    { doubt: SET_ASIDE, isOne: isSetAside },
  ].filter(({ isOne }) => workloads.some(({ source }) => !isOne(source.path)))
  return (path) => doubts.find(({ isOne }) => isOne(path))?.doubt ?? null
}

const EXAMPLE: Doubt = {
  why: 'example',
  reason: 'it is in a folder of examples, next to the manifests of the system: it may not be deployed at all',
}

const SET_ASIDE: Doubt = {
  why: 'set-aside',
  reason:
    'it is in a folder for what was in use before, next to the manifests of the system: it may not be deployed any more',
}
