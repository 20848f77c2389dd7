/** One line on a terminal that says what goes on, and leaves nothing behind. */

export interface ProgressLine {
  show(step: string): void
  clear(): void
}

const SILENT: ProgressLine = { show: () => undefined, clear: () => undefined }

export function progressLine(isWanted: boolean, write: (text: string) => void): ProgressLine {
  if (!isWanted) return SILENT
  return {
    show: (step) => write(`\r\u001b[2K${step} …`),
    clear: () => write('\r\u001b[2K'),
  }
}
