import { describe, expect, it } from 'vitest'
import environmentFile from '../../../src/inputs/formats/environment-file.js'

const file = (path: string, text: string) => ({
  path,
  text,
  extension: path.endsWith('.env') ? '.env' : '.example',
  sha256: '',
})

describe('a file of environment variables', () => {
  it('is recognised by its variables, behind remarks', () => {
    expect(environmentFile.recognises(file('.env.example', '# The shop\n\nexport PORT=80\n'))).toBe(true)
    expect(environmentFile.recognises(file('deploy/cart.env', 'DATABASE_URL=postgres://db/shop'))).toBe(true)
  })

  it('is none with other text, nor under another name', () => {
    expect(environmentFile.recognises(file('.env.example', 'copy this file\nPORT=80'))).toBe(false)
    expect(environmentFile.recognises(file('.env', ''))).toBe(false)
    expect(environmentFile.recognises(file('start.example', 'PORT=80'))).toBe(false)
  })

  it('gives no facts', () => {
    expect(environmentFile.read(file('.env', 'PORT=80'), { libraries: [], prefilter: true })).toEqual({
      facts: [],
      problems: [],
    })
  })
})
