/** What statuses say of the request that they answer: `rules/policies/http-statuses.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const statuses = z.array(z.int().min(100).max(599)).min(1)

const httpStatusesSchema = z.strictObject({ refused: statuses, fromGateway: statuses })

type HttpStatuses = z.infer<typeof httpStatusesSchema>

let builtIn: HttpStatuses | undefined

/** Read once. */
export function httpStatuses(): HttpStatuses {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'http-statuses.yaml'), httpStatusesSchema).value
  return builtIn
}
