import { describe, expect, it } from 'vitest'
import { discover } from '../../../src/inputs/discover.js'
import { commandsOf } from '../../../src/inputs/formats/pipeline/commands.js'
import pipeline from '../../../src/inputs/formats/pipeline.js'
import { folderWith } from '../rendering/folder.js'

const fileOf = (text: string, path = '.github/workflows/release.yaml') => ({
  path,
  extension: '.yaml',
  text,
  sha256: '',
})

function workflow(script: string): string {
  const lines = script.split('\n').map((line) => `          ${line}`)
  return `on: push\njobs:\n  a:\n    steps:\n      - working-directory: k8s\n        run: |\n${lines.join('\n')}\n`
}

async function editsIn(script: string) {
  const file = fileOf(workflow(script))
  if (!pipeline.recognises(file)) return []
  const { facts } = await pipeline.read(file, { libraries: [], prefilter: true })
  return facts.map((fact) => fact.fact === 'release-edit' && [fact.files, fact.images, fact.workloads])
}

describe('a pipeline', () => {
  it.each([
    ['yq -i ".image = env(IMAGE)" a.yaml', [['k8s/a.yaml'], [], []]],
    [
      'cd base && sed -i.bak "s/:latest/:$TAG/" a.yaml b.yml',
      [['k8s/base/a.yaml', 'k8s/base/b.yml'], [], []],
    ],
    ["yq eval --inplace '\n  .image = 1\n' a.yaml", [['k8s/a.yaml'], [], []]],
    ['kustomize edit set image shop/web=registry:5000/web:$TAG api:1', [[], ['shop/web', 'api'], []]],
    ['kubectl set image deployment/web web=web:$TAG', [[], [], ['deployment/web']]],
  ])('sets an image: %s', async (script, expected) => {
    expect(await editsIn(script)).toEqual([expected])
  })

  it.each([
    'yq ".image" a.yaml',
    'yq -i ".spec.replicas = 3" a.yaml',
    'yq -i ".image = 1" $FILE.yaml',
    'kustomize edit set image "$NAME"',
    'kubectl set image "$WORKLOAD" web=web:1',
    'echo kubectl',
  ])('sets none that is known: %s', async (script) => {
    expect(await editsIn(script)).toEqual([])
  })

  it('that is broken, or no pipeline, says nothing', () => {
    expect(pipeline.recognises(fileOf('a: [\nyq -i .image a.yaml'))).toBe(false)
    expect(pipeline.recognises(fileOf(workflow('yq -i .image=1 a.yaml'), 'k8s/release.yaml'))).toBe(false)
  })

  it('is found in its hidden folder, and nothing beside it', () => {
    const root = folderWith({
      '.github/workflows/release.yaml': 'on: push\n',
      '.github/dependabot.yml': 'version: 2\n',
      '.github/actions/a/action.yaml': 'name: a\n',
      '.other/workflows/a.yaml': 'a: 1\n',
    })
    const { files, leftOut } = discover([root], { include: [], exclude: [] })
    expect(files.map(({ path }) => path)).toEqual(['.github/workflows/release.yaml'])
    expect(leftOut).toEqual([{ what: 'hidden folders', count: 2 }])
  })
})

describe('commandsOf', () => {
  it('follows the folder, and keeps a text in quotes together', () => {
    expect(
      commandsOf('cd a && b "c; d"\ncd ../e | f', 'k8s').map(({ words, folder }) => [words, folder]),
    ).toEqual([
      [['cd', 'a'], 'k8s/a'],
      [['b', 'c; d'], 'k8s/a'],
      [['cd', '../e'], 'k8s/e'],
      [['f'], 'k8s/e'],
    ])
  })

  it('is over soon with an open quote', () => {
    expect(commandsOf(`${'"a\n'.repeat(1001)}`, '').length).toBeGreaterThan(0)
  })
})
