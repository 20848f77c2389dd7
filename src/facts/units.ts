/** Durations and quantities as plain numbers: seconds, bytes, cores. */

const UNIT_SECONDS: Record<string, number> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86400,
  w: 604800,
  y: 31536000,
}

/**
 * Seconds of a Prometheus or Kubernetes duration such as `90s`, `1h30m`, `1m0.5s`; a bare number counts as seconds.
 * Returns null for anything else. Units as in Prometheus: 1d = 24 h, 1w = 7 d, 1y = 365 d.
 */
export function parseDuration(text: string | number): number | null {
  if (typeof text === 'number') return Number.isFinite(text) ? text : null
  const trimmed = text.trim()
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed)
  if (!/^(\d+(\.\d+)?(ms|[smhdwy]))+$/.test(trimmed)) return null
  let seconds = 0
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/g)) {
    seconds += Number(amount) * UNIT_SECONDS[unit!]!
  }
  return seconds
}

const QUANTITY_FACTORS: Record<string, number> = {
  '': 1,
  m: 1e-3,
  u: 1e-6,
  n: 1e-9,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** A Kubernetes quantity (`500m`, `128Mi`, `1e3`) as cores or bytes; null when it is none. */
export function parseQuantity(text: string | number): number | null {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])?$/.exec(
    String(text).trim(),
  )
  return match ? Number(match[1]) * QUANTITY_FACTORS[match[2] ?? '']! : null
}

/** A number of instances, or a share of them in percent. */
export type Amount = { count: number } | { percent: number }

/** `2` or `25%`, as Kubernetes takes them in budgets and rollouts, up to 100 %; null for what its API refuses. */
export function parseAmount(text: string): Amount | null {
  const match = /^(\d+)(%?)$/.exec(text)
  if (!match) return null
  const number = Number(match[1])
  if (match[2] === '') return { count: number }
  return number <= 100 ? { percent: number } : null
}

/** `2h 5m`, `1m 30s`, `0.4s`: a duration for people, from seconds. */
export function formatDuration(seconds: number): string {
  if (seconds < 0) return `-${formatDuration(-seconds)}`
  if (seconds < 1 && seconds > 0) return `${Number((seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0))} ms`
  if (seconds < 59.95) return `${Number(seconds.toFixed(1))} s`
  const whole = Math.round(seconds)
  const parts = [
    [Math.floor(whole / 86400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}
