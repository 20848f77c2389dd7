/** The Chromium that comes as an npm package, unpacked once into a private folder. Linux on x64 only. */
import { createReadStream, createWriteStream } from 'node:fs'
import { lstat, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { extract } from 'tar-fs'

export interface BundledBrowser {
  executable: string
  /** Shared libraries that it needs beside glibc. */
  libraries: string
}

/** Unpacks the browser below `cache` (a private folder) unless that version is there already. */
export async function unpackBundledBrowser(cache: string): Promise<BundledBrowser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `the bundled Chromium runs on Linux x64 only, this is ${process.platform} ${process.arch}`,
    )
  }
  const bundle = bundleFolder()
  const folder = join(cache, `chromium-${await versionOf(bundle)}`)
  if (!(await isOwnFolder(folder))) await unpackInto(folder, join(bundle, 'bin'), cache)
  return { executable: join(folder, 'chromium'), libraries: join(folder, 'lib') }
}

/** The package's own entry point is not used: it trusts any file named `chromium` in the temporary folder. */
function bundleFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', '..')
}

async function versionOf(bundle: string): Promise<string> {
  const description: unknown = JSON.parse(await readFile(join(bundle, 'package.json'), 'utf8'))
  const version =
    typeof description === 'object' && description !== null && 'version' in description
      ? description.version
      : null
  if (typeof version !== 'string')
    throw new Error('the package @sparticuz/chromium states no version; run npm ci')
  return version
}

/** Somebody else's folder of the same name could hold any program. */
async function isOwnFolder(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => null)
  if (!found) return false
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(`${folder} is owned by another user; remove it or set XDG_CACHE_HOME`)
  }
  return true
}

/** Unpacks beside the goal and renames, so that nobody meets half a browser; a lost race means it is there already. */
async function unpackInto(folder: string, archives: string, cache: string): Promise<void> {
  const temporary = await mkdtemp(join(cache, 'unpacking-'))
  try {
    await Promise.all([
      pipeline(
        createReadStream(join(archives, 'chromium.br')),
        createBrotliDecompress(),
        createWriteStream(join(temporary, 'chromium'), { mode: 0o700 }),
      ),
      mkdir(join(temporary, 'lib')).then(() =>
        pipeline(
          createReadStream(join(archives, 'al2023.tar.br')),
          createBrotliDecompress(),
          extract(temporary),
        ),
      ),
    ])
    await rename(temporary, folder).catch(async (error: unknown) => {
      if (!(await isOwnFolder(folder))) throw error
    })
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
