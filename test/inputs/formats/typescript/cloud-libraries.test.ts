/** Clients of clouds and search services, and a library for jobs. */
import { describe, expect, test } from 'vitest'
import { clientsIn, factsOf, guardIn } from './reading.js'

type Case = [name: string, pattern: string, code: string, state: string, value?: number]

const VERSIONS = {
  '@google-cloud/bigquery': '8.3.1',
  '@google-cloud/tasks': '6.3.0',
  '@google-cloud/secret-manager': '6.3.0',
  '@google-cloud/firestore': '8.7.1',
  '@opensearch-project/opensearch': '3.9.0',
  meilisearch: '0.62.0',
  algoliasearch: '5.64.0',
  typesense: '3.1.0',
  '@azure/storage-blob': '12.32.0',
  '@azure/service-bus': '7.9.5',
  '@azure/cosmos': '4.9.3',
  '@azure/core-rest-pipeline': '1.24.0',
  '@azure/storage-queue': '12.30.0',
  agenda: '5.0.0',
}

const BIGQUERY = `import * as bq from '@google-cloud/bigquery'\nconst c = new bq.BigQuery()\n`
const SEARCH = `import { Client } from '@opensearch-project/opensearch'\n`
const MEILI = `import { MeiliSearch } from 'meilisearch'\n`
const ALGOLIA = `import { algoliasearch } from 'algoliasearch'\n`
const TYPESENSE = `import Typesense from 'typesense'\n`
const BLOB = `import { BlobServiceClient } from '@azure/storage-blob'\n`
const VAULT = `import { SecretClient } from '@azure/keyvault-secrets'\nconst c = new SecretClient('https://shop.vault.example', credential)\n`
const TABLE = `import { TableClient } from '@azure/data-tables'\nconst c = TableClient.fromConnectionString(url, 'orders')\n`
const QUEUE = `import { QueueServiceClient } from '@azure/storage-queue'\nconst c = QueueServiceClient.fromConnectionString(url)\n`
const COSMOS = `import { CosmosClient } from '@azure/cosmos'\n`

describe('a bound', () => {
  test.each<Case>([
    ['Key Vault', 'http-timeout', `${VAULT}export const load = () => c.getSecret('a')`, 'absent'],
    [
      'Key Vault, of a call',
      'http-timeout',
      `${VAULT}export const load = () => c.getSecret('a', { abortSignal: AbortSignal.timeout(900) })`,
      'present',
      0.9,
    ],
    [
      'Key Vault, of a request',
      'http-timeout',
      `${VAULT}export const load = () => c.getSecret('a', { requestOptions: { timeout: 900 } })`,
      'present',
      0.9,
    ],
    ['Key Vault', 'http-retry', `${VAULT}export const load = () => c.getSecret('a')`, 'present', 3],
    ['Table Storage', 'http-timeout', `${TABLE}export const load = () => c.getEntity('a', 'b')`, 'absent'],
    [
      'Azure identity',
      'http-timeout',
      `import { DefaultAzureCredential } from '@azure/identity'\nexport const token = () => new DefaultAzureCredential().getToken(scope)`,
      'absent',
    ],
    [
      'Queue Storage',
      'http-timeout',
      `${QUEUE}export const send = () => c.getQueueClient('orders').sendMessage('a')`,
      'absent',
    ],
    [
      'Queue Storage',
      'http-retry',
      `${QUEUE}export const send = () => c.getQueueClient('orders').sendMessage('a')`,
      'present',
      3,
    ],
    ['BigQuery', 'statement-timeout', `${BIGQUERY}export const run = () => c.query('select 1')`, 'unknown'],
    [
      'BigQuery, set for a job',
      'statement-timeout',
      `${BIGQUERY}export const run = () => c.createQueryJob({ query: 'select 1', jobTimeoutMs: 9000 })`,
      'present',
      9,
    ],
    [
      'Cloud Tasks',
      'http-timeout',
      `import { CloudTasksClient } from '@google-cloud/tasks'\nexport const c = new CloudTasksClient()`,
      'present',
      20,
    ],
    [
      'Secret Manager',
      'http-timeout',
      `import { SecretManagerServiceClient } from '@google-cloud/secret-manager'\nexport const c = new SecretManagerServiceClient()`,
      'present',
      60,
    ],
    [
      'Secret Manager, of a call',
      'http-timeout',
      `import { SecretManagerServiceClient } from '@google-cloud/secret-manager'\nconst c = new SecretManagerServiceClient()\nexport const load = (name: string) => c.accessSecretVersion({ name }, { timeout: 900 })`,
      'present',
      0.9,
    ],
    [
      'Firestore',
      'statement-timeout',
      `import { Firestore } from '@google-cloud/firestore'\nconst f = new Firestore()\nexport const load = (id: string) => f.collection('cart').doc(id).get()`,
      'present',
      300,
    ],
    [
      'OpenSearch by default',
      'statement-timeout',
      `${SEARCH}export const c = new Client({ node: 'http://search' })`,
      'present',
      30,
    ],
    [
      'OpenSearch set',
      'statement-timeout',
      `${SEARCH}export const c = new Client({ node: 'http://search', requestTimeout: 900 })`,
      'present',
      0.9,
    ],
    [
      'Meilisearch by default',
      'statement-timeout',
      `${MEILI}const c = new MeiliSearch({ host: 'http://search' })\nexport const find = (q: string) => c.index('cart').search(q)`,
      'absent',
    ],
    [
      'Meilisearch set',
      'statement-timeout',
      `${MEILI}export const c = new MeiliSearch({ host: 'http://search', timeout: 900 })`,
      'present',
      0.9,
    ],
    [
      'Meilisearch through a client of its own',
      'statement-timeout',
      `${MEILI}export const c = new MeiliSearch({ host: 'http://search', httpClient: send })`,
      'unknown',
    ],
    [
      'Meilisearch, of a call',
      'statement-timeout',
      `${MEILI}const c = new MeiliSearch({ host: 'http://search' })\nexport const find = (q: string) => c.index('cart').search(q, {}, { signal: AbortSignal.timeout(900) })`,
      'present',
      0.9,
    ],
    [
      'Algolia by default',
      'http-timeout',
      `${ALGOLIA}export const c = algoliasearch('app', 'key')`,
      'present',
      5,
    ],
    [
      'Algolia set',
      'http-timeout',
      `${ALGOLIA}export const c = algoliasearch('app', 'key', { timeouts: { connect: 100, read: 900, write: 900 } })`,
      'present',
      0.9,
    ],
    [
      'Typesense by default',
      'statement-timeout',
      `${TYPESENSE}export const c = new Typesense.Client({ nodes: [], apiKey: 'k' })`,
      'present',
      5,
    ],
    [
      'Typesense set',
      'statement-timeout',
      `${TYPESENSE}export const c = new Typesense.Client({ nodes: [], connectionTimeoutSeconds: 2 })`,
      'present',
      2,
    ],
    [
      'Azure blobs by default',
      'http-timeout',
      `${BLOB}const c = BlobServiceClient.fromConnectionString('x')\nexport const load = () => c.getContainerClient('a').getBlobClient('b').download()`,
      'absent',
    ],
    [
      'Azure blobs, told to the service only',
      'http-timeout',
      `${BLOB}export const c = new BlobServiceClient('https://a', credential, { retryOptions: { tryTimeoutInMs: 900 } })`,
      'inert',
    ],
    [
      'Azure blobs, of a call',
      'http-timeout',
      `${BLOB}const c = new BlobServiceClient('https://a')\nexport const load = () => c.getContainerClient('a').getBlobClient('b').download(0, 9, { abortSignal: AbortSignal.timeout(900) })`,
      'present',
      0.9,
    ],
    [
      'Service Bus',
      'http-timeout',
      `import { ServiceBusClient } from '@azure/service-bus'\nconst c = new ServiceBusClient('x')\nexport const send = () => c.createSender('q').sendMessages([])`,
      'present',
      60,
    ],
    [
      'Cosmos by default',
      'statement-timeout',
      `${COSMOS}const c = new CosmosClient('x')\nexport const all = () => c.database('a').container('b').items.query('select 1').fetchAll()`,
      'present',
      60,
    ],
    [
      'Cosmos set',
      'statement-timeout',
      `${COSMOS}export const c = new CosmosClient({ endpoint: 'x', connectionPolicy: { requestTimeout: 900 } })`,
      'present',
      0.9,
    ],
  ])('of %s: %s', async (_, pattern, code, state, value) => {
    expect(await guardIn(pattern, code, VERSIONS)).toMatchObject({
      state,
      ...(value === undefined ? {} : { value }),
    })
  })

  test('of a version of Algolia that counts in seconds', async () => {
    const code = `import algoliasearch from 'algoliasearch'\nexport const c = algoliasearch('app', 'key', { timeouts: { connect: 1, read: 2, write: 3 } })`
    expect(await guardIn('http-timeout', code, { algoliasearch: '4.27.0' })).toMatchObject({
      state: 'present',
      value: 2,
    })
  })

  test.each([
    ['meilisearch', `${MEILI}export const c = new MeiliSearch({ host: 'http://search' })`, '0.30.0'],
    ['typesense', `${TYPESENSE}export const c = new Typesense.Client({ nodes: [] })`, '4.0.0'],
    ['@azure/cosmos', `${COSMOS}export const c = new CosmosClient('x')`, '2.0.0'],
  ])('of a version of %s that was not checked', async (name, code, version) => {
    expect(await guardIn('statement-timeout', code, { [name]: version })).toMatchObject({ state: 'unknown' })
  })
})

test('making sure of a container of Azure is no call', async () => {
  const code = `${BLOB}const c = new BlobServiceClient('https://a').getContainerClient('a')\nexport const prepare = () => c.createIfNotExists()`
  const [client] = await clientsIn(code, VERSIONS)
  expect(client!.calls).toEqual([])
})

describe('Agenda', () => {
  const AGENDA = `import Agenda from 'agenda'\nexport const agenda = new Agenda({ db: { address: 'mongodb://db/jobs' } })\n`

  test.each([
    ['nobody', '', 'absent'],
    ['somebody', `agenda.on('error', console.error)`, 'present'],
    ['only what handles rejections', `process.on('unhandledRejection', console.error)`, 'unknown'],
  ])('whose errors %s hears', async (_, more, state) => {
    const code = `${AGENDA}${more}\nexport const plan = () => agenda.every('1 hour', 'receipts')`
    expect(await guardIn('client-error-listener', code, VERSIONS)).toMatchObject({ state })
  })

  test('its jobs are put into it, and its handlers are given to it', async () => {
    const code = `${AGENDA}agenda.define('receipts', { concurrency: 2 }, async () => {})\nexport const plan = () => agenda.now('receipts', {})`
    const [client] = await clientsIn(code, VERSIONS)
    expect(client!.calls.map(({ method }) => method)).toEqual(['define', 'now'])
  })

  test('work that a handler does not wait for is done after its job', async () => {
    const practicesIn = async (work: string) => {
      const practices = await factsOf('practice', {
        'package.json': JSON.stringify({ name: 'shop', dependencies: VERSIONS }),
        'src/main.ts': `${AGENDA}agenda.define('receipts', async (job) => { ${work} })`,
      })
      return practices.map(({ pattern, state }) => [pattern, state])
    }
    const SEND = `fetch('http://mail/receipts', { method: 'POST', body: job.attrs.data })`
    expect(await practicesIn(`void ${SEND}`)).toContainEqual(['ack-after-work', 'absent'])
    expect(await practicesIn(`await ${SEND}`)).not.toContainEqual(['ack-after-work', 'absent'])
    const caught = await practicesIn(`try { await ${SEND} } catch (error) { console.error(error) }`)
    expect(caught.map(([pattern]) => pattern)).not.toContain('message-dedup')
  })
})

test('a key of an Azure account is no client', async () => {
  const code = `import { AzureNamedKeyCredential } from '@azure/data-tables'\nexport const key = new AzureNamedKeyCredential('shop', process.env.KEY)`
  expect(await clientsIn(code, VERSIONS)).toEqual([])
})
