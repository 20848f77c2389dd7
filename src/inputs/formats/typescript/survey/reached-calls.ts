/** Outbound calls that a piece of code leads to, also through functions of the project that it calls. */
import { callsIn } from '../syntax/noted-nodes.js'
import type { TS } from '../syntax/syntax.js'

/** Functions that one question goes through. */
const MAX_BODIES = 1000

interface Step<Outbound> {
  call: Outbound | null
  /** Of the functions of the project that may be called. */
  bodies: readonly TS.Node[]
}

export class ReachedCalls<Outbound> {
  readonly #steps = new Map<TS.Node, Step<Outbound>[]>()
  readonly #known = new Map<TS.Node, Outbound[]>()

  /** `calledBodies`: those of the functions of the project that a call may call. */
  constructor(
    readonly outboundAt: (node: TS.Node) => Outbound | null,
    readonly calledBodies: (call: TS.CallExpression) => readonly TS.Node[],
  ) {}

  /** In the order in which they are written, each function followed once, where it is called first. */
  from(start: TS.Node): Outbound[] {
    const known = this.#known.get(start)
    if (known) return known
    const reached: Outbound[] = []
    const seen = new Set<TS.Node>()
    const follow = (node: TS.Node): void => {
      if (seen.has(node) || seen.size >= MAX_BODIES) return
      seen.add(node)
      for (const { call, bodies } of this.#stepsIn(node)) {
        if (call) reached.push(call)
        for (const body of bodies) follow(body)
      }
    }
    follow(start)
    this.#known.set(start, reached)
    return reached
  }

  /** What is followed from a piece of code, itself included. */
  bodies(start: TS.Node): TS.Node[] {
    const seen = new Set([start])
    for (const node of seen) {
      if (seen.size >= MAX_BODIES) break
      for (const { bodies } of this.#stepsIn(node)) for (const body of bodies) seen.add(body)
    }
    return [...seen]
  }

  #stepsIn(node: TS.Node): Step<Outbound>[] {
    let steps = this.#steps.get(node)
    if (!steps) this.#steps.set(node, (steps = this.#find(node)))
    return steps
  }

  #find(node: TS.Node): Step<Outbound>[] {
    const steps: Step<Outbound>[] = []
    for (const at of callsIn(node)) {
      const call = this.outboundAt(at)
      const bodies = call ? [] : this.calledBodies(at)
      if (call || bodies.length > 0) steps.push({ call, bodies })
    }
    return steps
  }
}
