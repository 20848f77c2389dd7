import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../../src/report/browser.js'
import { openCache } from '../../src/report/browser/cache.js'
import { installedBrowsers } from '../../src/report/browser/installed.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'browser-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('startBrowser', () => {
  it('goes on to the next browser when one does not start, and remembers why', async () => {
    const broken = join(folder, 'chromium')
    await writeFile(broken, '#!/bin/sh\nexit 7\n')
    await chmod(broken, 0o755)
    const browser = await startBrowser({
      path: '/nowhere/chrome',
      environment: { ...process.env, PATH: folder },
    })
    await browser.close()
    expect(browser.name).toBe('bundled Chromium')
    expect(browser.failures.map((failure) => failure.split(':')[0])).toEqual(['/nowhere/chrome', broken])
  })
})

describe('installedBrowsers', () => {
  it('finds executables on PATH by the usual names', async () => {
    const path = join(folder, 'google-chrome')
    await writeFile(path, '')
    expect(await installedBrowsers({ PATH: folder })).not.toContain(path)
    await chmod(path, 0o755)
    expect(await installedBrowsers({ PATH: folder })).toContain(path)
  })
})

describe('openCache', () => {
  it('is private and stays', async () => {
    const cache = await openCache({ XDG_CACHE_HOME: folder })
    await cache.release()
    expect(cache.folder).toBe(join(folder, 'resilience-report'))
    expect((await stat(cache.folder)).mode & 0o777).toBe(0o700)
    expect(await readdir(cache.folder)).toEqual([])
  })

  it.each([
    ['a file', () => join(folder, 'a-file')],
    ['a file system that makes no folders', () => '/proc'],
  ])('falls back to a temporary folder, which it removes: %s', async (_, base) => {
    await writeFile(join(folder, 'a-file'), '')
    const cache = await openCache({ XDG_CACHE_HOME: base() })
    expect((await stat(cache.folder)).mode & 0o777).toBe(0o700)
    await cache.release()
    await expect(stat(cache.folder)).rejects.toThrow('ENOENT')
  })
})
