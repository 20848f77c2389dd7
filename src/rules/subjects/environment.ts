/** Environment variables that a container sets twice: the kubelet gives the process the later one. */
import type { Container, EnvVariable } from '../../facts/kubernetes.js'
import { formatSource, type Source } from '../../facts/source.js'

interface Hidden {
  variable: EnvVariable
  by: EnvVariable
}

/** In words: values may be secret, so places stand for them. */
export function hiddenVariables(container: Container): string[] {
  return hiddenIn(container).map(
    ({ variable, by }) =>
      `${by.name} at ${formatSource(by.source)} overrides the value at ${formatSource(variable.source)}`,
  )
}

export function placesOfHidden(container: Container): Record<string, Source> {
  const [first] = hiddenIn(container)
  return first ? { hiddenVariable: first.variable.source } : {}
}

/** Equal values hide nothing, and a value may be made of the one before. */
function hiddenIn({ env }: Container): Hidden[] {
  return env.flatMap((variable, index) => {
    const by = env.findLast((other, at) => at > index && other.name === variable.name)
    if (!by || isEqual(variable, by) || by.value?.includes(`$(${by.name})`)) return []
    return [{ variable, by }]
  })
}

/** Two values from the downward API cannot be told apart here. */
function isEqual(a: EnvVariable, b: EnvVariable): boolean {
  return a.value === b.value && a.from === b.from
}
