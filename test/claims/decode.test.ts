import { describe, expect, it } from 'vitest'
import { decodeText, repairText } from '../../src/claims/decode.js'

describe('text that was read in a wrong code page', () => {
  it('of Windows', () => expect(repairText('âœ… done â–ˆâ–ˆ Ã¼ber')).toBe('✅ done ██ über'))
  it('of the Macintosh', () => expect(repairText('‚úÖ done ‚Üí')).toBe('✅ done →'))
  it('right text stays', () =>
    expect(repairText('über 3 µs — naïve café, “école”, „Übung“, 恢复 ✅ Ö')).toBe(
      'über 3 µs — naïve café, “école”, „Übung“, 恢复 ✅ Ö',
    ))
})

describe('bytes', () => {
  it('that are no UTF-8 are Windows text', () =>
    expect(decodeText(Uint8Array.of(0x93, 0x61, 0x94, 0xfc))).toBe('“a”ü'))
  it('with nulls are no text', () => expect(decodeText(Uint8Array.of(0x50, 0, 1))).toBeNull())
  it('of UTF-16 are read', () => expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x61, 0))).toBe('a'))
})
