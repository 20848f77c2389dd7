/** Pipelines of GitHub and GitLab: what they write into manifests before these are applied. */
import { join } from 'node:path/posix'
import type { ReleaseEdit } from '../../facts/release-edit.js'
import { releaseEdits } from '../../knowledge/manifests/release-edits.js'
import { Field } from '../field.js'
import type { Format, InputFile, Problem, Reading } from '../format.js'
import { parseYaml } from '../yaml/parse.js'
import { commandsOf, type Command } from './pipeline/commands.js'

const pipeline: Format = {
  name: 'pipeline',
  title: 'Pipeline that sets images in manifests',
  recognises: (file) => rootOf(file.path) !== null && editsIn(file).length > 0,
  read: (file): Reading => ({ facts: editsIn(file), problems: [] }),
}
export default pipeline

/** The folder that its commands start in; null for what is no pipeline. */
function rootOf(path: string): string | null {
  const match = releaseEdits().pipelines.flatMap((pattern) => pattern.exec(path) ?? [])
  return match.length === 0 ? null : (match[1] ?? '')
}

/** Of a pipeline nothing else is read: what is wrong with it is no matter here. */
function editsIn(file: InputFile): ReleaseEdit[] {
  const { inPlace, setImages, setWorkloads } = releaseEdits()
  if (![inPlace, setImages, setWorkloads].some((pattern) => pattern.test(file.text))) return []
  const ignored: Problem[] = []
  return parseYaml(file).flatMap((document) =>
    scriptsIn(Field.of(document, ignored), rootOf(file.path) ?? ''),
  )
}

const SCRIPTS = ['run', 'script', 'before_script', 'after_script']

/** Steps, jobs and the pipeline itself may say in which folder what is below them runs. */
function scriptsIn(field: Field, root: string, folder = root): ReleaseEdit[] {
  const { value } = field
  if (Array.isArray(value)) return field.items().flatMap((item) => scriptsIn(item, root, folder))
  if (typeof value !== 'object' || value === null) return []
  const written = field.get('working-directory').value ?? field.get('defaults', 'run').value
  const inner = folderNamed(written, root) ?? folder
  return field
    .entries()
    .flatMap(([key, below]) =>
      SCRIPTS.includes(key) ? editsOf(below, inner) : scriptsIn(below, root, inner),
    )
}

function folderNamed(written: unknown, root: string): string | null {
  if (typeof written === 'string') return join(root, written)
  const isSettings = typeof written === 'object' && written !== null && 'working-directory' in written
  return isSettings ? folderNamed(written['working-directory'], root) : null
}

function editsOf(script: Field, folder: string): ReleaseEdit[] {
  const { value, source } = script
  const lines = (Array.isArray(value) ? value : [value]).filter((line) => typeof line === 'string')
  return commandsOf(lines.join('\n'), folder).flatMap((command) => {
    const written = {
      files: filesEdited(command),
      images: wordsBehind(releaseEdits().setImages, command).map(nameOfImage),
      workloads: wordsBehind(releaseEdits().setWorkloads, command).filter((word) => word.includes('/')),
    }
    const isAny = Object.values(written).some((names) => names.length > 0)
    return isAny ? [{ fact: 'release-edit', source, ...written }] : []
  })
}

function filesEdited({ text, words, folder }: Command): string[] {
  const { inPlace, manifests, ofImage } = releaseEdits()
  if (!inPlace.test(text)) return []
  const files = words.filter((word) => manifests.test(word) && !word.includes('$'))
  const isOfImage = words.some((word) => !files.includes(word) && ofImage.test(word))
  return isOfImage ? files.map((file) => join(folder, file)) : []
}

/** Words that hold a variable are not known here. */
function wordsBehind(pattern: RegExp, { text }: Command): string[] {
  const match = pattern.exec(text)
  if (match === null) return []
  const words = text.slice(match.index + match[0].length).split(/\s+/)
  return words.map((word) => word.replaceAll(/["']/g, '')).filter((word) => !/^(?:-|[^=]*\$)/.test(word))
}

/** `web=registry.example/web:1.4` → `web`; `web:1.4` → `web`. */
function nameOfImage(word: string): string {
  return word.replace(/=.*$/, '').replace(/(?::[^/:@]*)?(?:@.*)?$/, '')
}
