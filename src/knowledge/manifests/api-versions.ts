/** API versions that Kubernetes no longer serves: `rules/policies/api-versions.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'

const apiVersionsSchema = z.strictObject({
  removed: z.array(
    z.strictObject({
      release: z.string().regex(/^1\.\d+$/, 'must be a release such as 1.25'),
      apiVersion: z.string().min(1),
      kinds: z.array(z.string().min(1)).min(1),
      use: z.string().nullable(),
    }),
  ),
})

type Removal = z.infer<typeof apiVersionsSchema>['removed'][number]

const policy = policyFile('api-versions.yaml', apiVersionsSchema)

export function apiVersions(): Removal[] {
  return policy().removed
}

export function removalOf(apiVersion: string, kind: string): Removal | undefined {
  return apiVersions().find((removal) => removal.apiVersion === apiVersion && removal.kinds.includes(kind))
}

/** Whether some version of the kind was removed, so that it matters which one a manifest names. */
export function hasRemovals(kind: string): boolean {
  return apiVersions().some(({ kinds }) => kinds.includes(kind))
}
