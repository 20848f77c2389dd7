/** The address of a client that none is given: the one that its library takes from a file, as from `env("DATABASE_URL")` of a schema. */
import type { Target } from '../../../../facts/code.js'
import type { ClientSeen } from '../survey/client-seen.js'
import { creationArguments } from '../survey/creation-arguments.js'
import type { Survey } from '../survey/survey.js'
import type { Made } from '../values/callees.js'
import { findOption } from '../values/options.js'

/** The variable that the file names; null where an option may hold another address, or several files name several. */
export function variableOfSchema(seen: ClientSeen, made: Made, { modules, resolver }: Survey): string | null {
  const { addressIn, pool } = seen.library
  if (!addressIn || seen.creation === null) return null
  const args = creationArguments(seen.creation, made, resolver.under(seen.given ?? []))
  const options = [...seen.creation.target.flatMap(({ option }) => option ?? []), ...(pool?.heldBy ?? [])]
  if (options.some((option) => findOption(args, option, resolver).state !== 'none')) return null
  const folder = modules.packageOf(made.getSourceFile().fileName)?.folder ?? ''
  const [only, ...others] = modules.addresses.variablesIn(addressIn.file, addressIn.variable, folder)
  return others.length === 0 ? (only ?? null) : null
}

export function withVariable(target: Target, variable: string | null): Target {
  return variable === null ? target : { ...target, variable }
}
