/** Keys of the configuration of Alertmanager: `rules/policies/routing-fields.yaml`. */
import { join } from 'node:path'
import { z } from 'zod'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const names = z.array(z.string())

const routingFieldsSchema = z.strictObject({
  file: names,
  route: names,
  receiver: names,
  inhibition: names,
  interval: names,
  /** Of other tools. */
  others: names,
  /** By integration: of each list one has to be written. */
  needs: z.record(z.string(), z.array(names)),
})

type RoutingFields = z.infer<typeof routingFieldsSchema>

let builtIn: RoutingFields | undefined

/** Read once. */
export function routingFields(): RoutingFields {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'routing-fields.yaml'), routingFieldsSchema).value
  return builtIn
}
