/** What is still to be done when somebody ends the run: programs that were started end with it, and their folders go. */

type Cleaning = () => void

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const cleanings = new Set<Cleaning>()

/** Until the function that it gives is called. */
export function onInterruption(cleaning: Cleaning): () => void {
  if (cleanings.size === 0) for (const signal of SIGNALS) process.on(signal, interrupted)
  cleanings.add(cleaning)
  return () => {
    if (cleanings.delete(cleaning) && cleanings.size === 0) ignoreSignals()
  }
}

/** The latest first: a program ends before its folder goes. Then the signal does what it would have done without us. */
function interrupted(signal: NodeJS.Signals): void {
  for (const cleaning of [...cleanings].reverse())
    try {
      cleaning()
    } catch {
      // The others are still to be done.
    }
  cleanings.clear()
  ignoreSignals()
  process.kill(process.pid, signal)
}

function ignoreSignals(): void {
  for (const signal of SIGNALS) process.off(signal, interrupted)
}
