/** What a library file says of one guard: the options that carry it, and what holds without them. */
import { validRange } from 'semver'
import * as z from 'zod'
import { spared } from './retries.js'
import { waiting } from './waits.js'

export const versionRange = z.string().refine((range) => validRange(range) !== null, 'is not a semver range')

/** An option that carries a guard. `option` is a dotted path inside an options object, `argument` a position instead. */
const guardOption = z.strictObject({
  option: z.string().optional(),
  argument: z.number().int().optional(),
  /** `attempts` counts the first call too, `retries` does not; `count` is of anything else. */
  unit: z.enum(['ms', 's', 'count', 'retries', 'attempts']).default('ms'),
  where: z.array(z.enum(['create', 'call', 'url'])).default(['create', 'call']),
  /** It is given to one of these methods, by which the client that is called was derived: `socket.timeout(5000).emitWithAck(…)`. */
  of: z.array(z.string()).default([]),
  /**
   * How the value is judged: a number; a number that is a limit, which Infinity is not; a function that gives delays
   * (does it grow, is it random); a function whose every answer looks at one of `names`; a list that holds none of `names`;
   * functions of which one sets one of `names`; parts of which one may be given one of them; or any value but false.
   */
  reads: z
    .enum(['number', 'bound', 'backoff', 'jitter', 'asks', 'lists', 'sets', 'parts', 'flag'])
    .default('number'),
  /** Of a flag in an address: what its value has to hold. */
  holds: z.string().optional(),
  /** Texts that switch it off: `none`. */
  off: z.array(z.string()).default([]),
  /** Versions that know this option; in others it is not looked at. */
  versions: versionRange.optional(),
  /** What a function given as this option looks at or sets, or a list must not hold. */
  names: z.array(z.string()).default([]),
  /** Functions of the library that look at none of them. */
  blind: z.array(z.string()).default([]),
  /** Written, and not switched off, it takes the protection away, whatever else is set: why. */
  lifts: z.string().optional(),
  /** Why the option has no effect although it looks as if it had one. */
  inert: z.string().optional(),
  /** Written, it bounds only some calls, and the code does not show which: what is to be asked. */
  partly: z.string().optional(),
  /** The number that stands for no end: -1. */
  endless: z.number().optional(),
  /** Without one of these options beside it the option is inert. */
  needs: z.array(z.string()).default([]),
  spares: spared.optional(),
})

/** What holds when no option is written. The first entry whose range holds the version counts. */
const guardDefault = z.strictObject({
  versions: versionRange.default('*'),
  /** `delegated`: another client decides, and is judged by itself. */
  state: z.enum(['present', 'absent', 'delegated', 'unknown']),
  tier: z.enum(['default', 'loose-default']).optional(),
  value: z.number().optional(),
  unit: z.enum(['ms', 's', 'count', 'retries', 'attempts']).default('ms'),
  reason: z.string(),
  /** Only for clients made with one of these texts as that option, as a driver is chosen; where that is not known, it does not hold. */
  given: z.strictObject({ option: z.string(), is: z.array(z.string()).min(1) }).optional(),
  /** Not for calls with an effect, such as POST: of them it is absent. */
  spares: z.string().optional(),
  /** Where it was checked: library version and how. */
  source: z.string().optional(),
})

export const guardFacts = z.strictObject({
  options: z.array(guardOption).default([]),
  /** An AbortSignal among the call's options bounds it. */
  signal: z.boolean().default(false),
  /** The options work only together with a listener for this event that destroys the request. */
  listener: z.string().optional(),
  /** Methods chained behind the call that set the guard: `.timeout(ms)`; the first argument is the value. */
  chained: z.array(z.string()).default([]),
  /** The number that a chained method stands for without an argument. */
  chainedDefault: z.number().optional(),
  /** Functions or members that set the guard for the whole process: `setGlobalDispatcher`, `defaults.timeout`. */
  setters: z.array(z.string()).default([]),
  /** Methods by which a client derived from another may get the guard, unseen: `.middlewares([…])`; then it is a question. */
  derivedBy: z.array(z.string()).default([]),
  /** Settings that SQL makes for its session or transaction only. */
  statements: z.array(z.string()).default([]),
  /** Environment variables by which the library gets it, whatever the code says. */
  variables: z.array(z.string()).default([]),
  /** Only judged when this other guard is present: jitter matters where retries exist. */
  when: z.string().optional(),
  /** Only its calls are asked for it: a client that nobody calls waits for nothing. */
  ofCalls: z.boolean().default(false),
  /** Only for clients made by one of these names. */
  only: z.array(z.string()).optional(),
  /** Methods that are not asked for it, because they wait on purpose: `blpop`, `subscribe`; `*` stands for any part. */
  except: z.array(z.string()).default([]),
  /** Other calls that wait on purpose, known by what they are given. */
  exceptGiven: z.array(waiting).default([]),
  /**
   * Commands that only ask whether the other side is there, `PING`, and what their guard is called: no request waits for
   * them. `through`: methods that send the command which they are given as text.
   */
  probes: z
    .strictObject({
      commands: z.array(z.string()).min(1),
      through: z.array(z.string()).default([]),
      as: z.string(),
    })
    .optional(),
  defaults: z.array(guardDefault).min(1),
})

export type GuardFacts = z.infer<typeof guardFacts>
export type GuardOption = z.infer<typeof guardOption>
export type GuardDefault = z.infer<typeof guardDefault>
