import { describe, expect, it } from 'vitest'
import { progressLine } from '../src/progress.js'

describe('the progress line', () => {
  it('writes over itself, and leaves nothing behind', () => {
    const written: string[] = []
    const line = progressLine(true, (text) => written.push(text))
    line.show('reading 3 files')
    line.show('joining')
    line.clear()
    expect(written).toEqual(['\r\u001b[2Kreading 3 files …', '\r\u001b[2Kjoining …', '\r\u001b[2K'])
  })

  it('is silent where nobody watches', () => {
    const written: string[] = []
    const line = progressLine(false, (text) => written.push(text))
    line.show('reading 3 files')
    line.clear()
    expect(written).toEqual([])
  })
})
