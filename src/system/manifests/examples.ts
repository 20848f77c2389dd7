/** Manifests beside those of the system that show how something is used, or was in use before: nothing says that they are deployed. */
import type { Workload } from '../../facts/kubernetes.js'
import { isExample, isSetAside } from '../../knowledge/left-out.js'
import type { Doubt } from '../reached.js'

/** By the path of a manifest, why it may not be deployed. Where nothing else is there, they are the system. */
export function doubtBeside(workloads: Workload[]): (path: string) => Doubt | null {
  const hasOthers = workloads.some(({ source }) => doubtAbout(source.path) === null)
  return hasOthers ? doubtAbout : () => null
}

function doubtAbout(path: string): Doubt | null {
  if (isExample(path)) return EXAMPLE
  return isSetAside(path) ? SET_ASIDE : null
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
