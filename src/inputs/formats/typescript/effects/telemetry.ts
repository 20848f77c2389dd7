/** Calls that only count or report what happens. Whatever calls a function that counts does not thereby have an effect. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { creationArguments } from '../survey/creation-arguments.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { classAround, enclosingFunction, type TS, functionName } from '../syntax/syntax.js'
import { targetOf } from '../values/targets.js'
import { commandOf } from './writes.js'

const known = new WeakMap<TS.Node, boolean>()

/** Told by what is sent, by who is called, or by the function or class that calls. */
export function isTelemetry(call: OutboundCall, survey: Survey): boolean {
  let is = known.get(call.node)
  if (is === undefined) known.set(call.node, (is = sendsTelemetry(call) || goesToTelemetry(call, survey)))
  return is
}

function sendsTelemetry({ node, method }: OutboundCall): boolean {
  const { telemetry, telemetryCommands } = codeWords()
  if (telemetryCommands.test(method) || telemetryCommands.test(commandOf(node))) return true
  const around = classAround(node)?.name?.text
  if (around !== undefined && telemetry.test(around)) return true
  for (let at = enclosingFunction(node); at; at = enclosingFunction(at))
    if (telemetry.test(functionName(at))) return true
  return false
}

function goesToTelemetry({ node, shape, client }: OutboundCall, { resolver }: Survey): boolean {
  const { telemetryTargets } = codeWords()
  const { library, made, creation } = client
  const targets = [targetOf(shape.target, node.arguments, library, resolver)]
  if (made && creation)
    targets.push(targetOf(creation.target, creationArguments(creation, made, resolver), library, resolver))
  return targets.some(({ host, variable }) => telemetryTargets.test(`${host ?? ''} ${variable ?? ''}`))
}
