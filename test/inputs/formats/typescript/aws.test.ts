/** Clients of the AWS SDK v3 that have a method for each command, and those in another shape. */
import { describe, expect, test } from 'vitest'
import { clientsIn } from './reading.js'

const VERSIONS = {
  '@aws-sdk/client-kms': '3.1162.0',
  '@aws-sdk/client-s3': '3.1162.0',
  '@aws-sdk/client-sqs': '3.1162.0',
  '@aws-sdk/client-dynamodb': '3.1162.0',
  '@aws-sdk/lib-dynamodb': '3.1162.0',
}

const timeoutsOf = async (code: string) =>
  (await clientsIn(code, VERSIONS)).map(({ library, guards, calls }) => [
    library,
    guards['http-timeout']?.state ?? null,
    calls.map(({ method }) => method),
  ])

describe('a client with a method for each command', () => {
  test.each([
    [
      'of a module as a whole',
      `import * as aws from '@aws-sdk/client-kms'
      const kms = new aws.KMS({ region: 'eu' })
      export const key = () => kms.getPublicKey({ KeyId: 'a' })`,
      [['aws-aggregated', 'absent', ['getPublicKey']]],
    ],
    [
      'with a bound',
      `import { KMS } from '@aws-sdk/client-kms'
      const kms = new KMS({ requestHandler: { socketTimeout: 900 } })
      export const key = () => kms.getPublicKey({ KeyId: 'a' })`,
      [['aws-aggregated', 'present', ['getPublicKey']]],
    ],
    [
      'with a signal for each call',
      `import { Athena } from '@aws-sdk/client-athena'
      const athena = new Athena({ requestHandler: { socketTimeout: 900 } })
      export const ask = (q: string) => athena.startQueryExecution({ QueryString: q }, { abortSignal: AbortSignal.timeout(900) })`,
      [['aws-aggregated', 'present', ['startQueryExecution']]],
    ],
    [
      'in a field, by its type',
      `import * as aws from '@aws-sdk/client-kms'
      export class Keys {
        private constructor(private client: aws.KMS) {}
        static make() { return new Keys(new aws.KMS({})) }
        sign(id: string) { return this.client.sign({ KeyId: id } as never) }
      }`,
      [['aws-aggregated', 'absent', ['sign']]],
    ],
    [
      'of S3',
      `import { S3 } from '@aws-sdk/client-s3'
      const s3 = new S3({ requestHandler: { requestTimeout: 900, socketTimeout: 900 } })
      export const move = () => s3.copyObject({ Bucket: 'b' } as never)`,
      [['aws-s3', 'present', ['copyObject']]],
    ],
  ])('%s', async (_, code, clients) => {
    expect(await timeoutsOf(code)).toEqual(clients)
  })

  test.each([
    [
      'commands and exceptions are none',
      `import * as aws from '@aws-sdk/client-kms'
      export const make = () => [new aws.GetPublicKeyCommand({} as never), new aws.NotFoundException({} as never)]`,
    ],
    [
      'waiters are none',
      `import { waitUntilBucketExists } from '@aws-sdk/client-s3'\nexport const wait = (c: never) => waitUntilBucketExists({ client: c, maxWaitTime: 9 }, {} as never)`,
    ],
  ])('%s', async (_, code) => {
    expect(await timeoutsOf(code)).toEqual([])
  })

  test('what it is made of is not called', async () => {
    const code = `import { KMS } from '@aws-sdk/client-kms'
    const kms = new KMS({})
    kms.middlewareStack.add(next => next)
    export const region = () => kms.config.region()
    export const end = () => kms.destroy()`
    expect(await timeoutsOf(code)).toEqual([['aws-aggregated', 'absent', []]])
  })

  test('a long poll waits on purpose', async () => {
    const code = `import { SQS } from '@aws-sdk/client-sqs'
    const sqs = new SQS({})
    export const next = () => sqs.receiveMessage({ QueueUrl: 'q', WaitTimeSeconds: 20 })`
    expect(await timeoutsOf(code)).toEqual([['aws-sqs', null, ['receiveMessage']]])
  })
})

describe('a document client of DynamoDB', () => {
  test.each([
    ['DynamoDBDocument', `documents.get({ TableName: 'cart', Key: { id } })`, 'get'],
    ['DynamoDBDocumentClient', `documents.send(new GetCommand({ TableName: 'cart', Key: { id } }))`, 'send'],
  ])('%s is the client that it is given', async (name, call, method) => {
    const code = `import { DynamoDB } from '@aws-sdk/client-dynamodb'
    import { ${name}, GetCommand } from '@aws-sdk/lib-dynamodb'
    const documents = ${name}.from(new DynamoDB({ requestHandler: { socketTimeout: 900 } }))
    export const load = (id: string) => ${call}`
    expect(await timeoutsOf(code)).toEqual([['aws-dynamodb', 'present', [method]]])
  })

  test('of one made elsewhere nothing is said', async () => {
    const code = `import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'
    import { client } from './gone'
    const documents = DynamoDBDocument.from(client)
    export const load = (id: string) => documents.get({ TableName: 'cart', Key: { id } })`
    expect(await timeoutsOf(code)).toEqual([])
  })
})
