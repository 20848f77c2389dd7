/** Command lines taken apart as far as checks need it: steps, and what is put into them by substitution. */

export interface Step {
  /** With `⟨n⟩` for the n-th substitution of its line. */
  text: string
  /** Steps before it in the same pipeline. */
  piped: string[]
}

export interface Line {
  steps: Step[]
  /** What stands in `$(…)` and in backticks, the inner ones first. */
  substitutions: string[]
}

const SUBSTITUTION = /\$\(([^()]*)\)|`([^`]*)`/
const MOST_SUBSTITUTIONS = 50
/** `bash -c "…"` runs what it is given. */
const SHELL = /^\s*(?:sudo\s+)?(?:\S*\/)?(?:ba|z|da|a)?sh\s+-\w*c\s+(["']?)([\s\S]*)\1\s*$/

export function readLine(command: string): Line {
  const substitutions: string[] = []
  let text = SHELL.exec(command)?.[2] ?? command
  for (let match = SUBSTITUTION.exec(text); match; match = SUBSTITUTION.exec(text)) {
    if (substitutions.push(match[1] ?? match[2] ?? '') > MOST_SUBSTITUTIONS) break
    text = `${text.slice(0, match.index)}⟨${substitutions.length - 1}⟩${text.slice(match.index + match[0].length)}`
  }
  const pipelines = text
    .split(/\|\||&&|[;&\n]/)
    .map((pipeline) => pipeline.split('|').map((step) => step.trim()))
  return {
    steps: pipelines.flatMap((pipeline) =>
      pipeline.map((step, index) => ({ text: step, piped: pipeline.slice(0, index) })),
    ),
    substitutions,
  }
}

/** Pipelines whose output is put into a step. */
export function substitutedIn({ text }: Step, { substitutions }: Line): string[] {
  return [...text.matchAll(/⟨(\d+)⟩/g)].flatMap(([, index]) => substitutions[Number(index)] ?? [])
}
