/** Clients of services that keep jobs, events, accounts, code, tables and files for the system. */
import { expect, test } from 'vitest'
import { clientsIn, describeLibraries, type LibraryCase } from './reading.js'

const T = 'http-timeout'
const R = 'http-retry'

const TEMPORAL = `import { Client, Connection } from '@temporalio/client'\nconst temporal = new Client({ connection })\n`
const TRIGGER = `import { tasks, task } from '@trigger.dev/sdk/v3'\n`
const GITLAB = `import { Gitlab } from '@gitbeaker/rest'\n`
const INNGEST = `import { Inngest } from 'inngest'\n`
const QSTASH = `import { Client } from '@upstash/qstash'\n`
const VECTOR = `import { Index } from '@upstash/vector'\n`
const BLOB = `import { put, del } from '@vercel/blob'\n`
const GOOGLE = `import { OAuth2Client } from 'google-auth-library'\n`
const GMAIL = `import { gmail } from '@googleapis/gmail'\nconst mail = gmail({ version: 'v1', auth })\n`
const AUTH0 = `import { ManagementClient } from 'auth0'\n`
const GRAPH = `import { Client } from '@microsoft/microsoft-graph-client'\n`
const WORKOS = `import { WorkOS } from '@workos-inc/node'\n`
const CLERK = `import { createClerkClient } from '@clerk/backend'\nconst clerk = createClerkClient({ secretKey })\n`
const DUB = `import { Dub } from 'dub'\n`
const JIRA = `import { Version3Client } from 'jira.js'\n`
const AIRTABLE = `import Airtable from 'airtable'\n`
const CHROMA = `import { ChromaClient } from 'chromadb'\n`
const TINYBIRD = `import { Tinybird } from '@chronark/zod-bird'\nconst tinybird = new Tinybird({ token })\n`

const FORCE = `import jsforce from 'jsforce'\nconst crm = new jsforce.Connection({ instanceUrl })\n`
const CUSTOMERIO = `import { APIClient, TrackClient } from 'customerio-node'\n`
const BREVO = `import * as Brevo from '@getbrevo/brevo'\n`
const MAILJET = `import Mailjet from 'node-mailjet'\n`
const TELNYX = `import Telnyx from 'telnyx'\n`
const BOLT = `import { App } from '@slack/bolt'\n`
const SOAP = `import * as soap from 'soap'\nconst client = await soap.createClientAsync('http://taxes/service?wsdl')\n`
const SANITY = `import { createClient } from '@sanity/client'\n`
const OAUTH = `import { ClientCredentials } from 'simple-oauth2'\n`
const ARCTIC = `import { GitHub } from 'arctic'\nconst github = new GitHub(id, secret, null)\n`
const VAULT = `import vault from 'node-vault'\n`
const KEYCLOAK = `import KcAdminClient from '@keycloak/keycloak-admin-client'\n`
const SSR = `import { createServerClient } from '@supabase/ssr'\n`

const CASES: LibraryCase[] = [
  ['@temporalio/client', '1.24.0', `${TEMPORAL}await temporal.workflow.start(order, {})`, T, 'absent'],
  [
    '@temporalio/client',
    '1.24.0',
    `${TEMPORAL}await temporal.workflow.getHandle('a').signal(pay)`,
    T,
    'absent',
  ],
  ['@temporalio/client', '1.24.0', `${TEMPORAL}await temporal.workflow.start(order, {})`, R, 'present', 9],
  [
    '@temporalio/client',
    '1.24.0',
    `${TEMPORAL}await temporal.withDeadline(soon, () => temporal.workflow.start(order, {}))`,
    T,
    'present',
  ],
  ['@trigger.dev/sdk', '4.8.3', `${TRIGGER}await tasks.trigger('mail', { to })`, T, 'absent'],
  ['@trigger.dev/sdk', '4.8.3', `${TRIGGER}await tasks.trigger('mail', { to })`, R, 'present', 4],
  [
    '@trigger.dev/sdk',
    '3.3.17',
    `${TRIGGER}export const mail = task({ id: 'mail', run })\nawait mail.trigger({ to })`,
    T,
    'absent',
  ],
  ['@gitbeaker/rest', '43.8.0', `${GITLAB}await new Gitlab({ token }).Issues.all()`, T, 'present', 300],
  [
    '@gitbeaker/rest',
    '43.8.0',
    `${GITLAB}await new Gitlab({ token, queryTimeout: 9000 }).Issues.all()`,
    T,
    'present',
    9,
  ],
  ['inngest', '3.54.2', `${INNGEST}await new Inngest({ id: 'shop' }).send({ name: 'a' })`, T, 'absent'],
  [
    'inngest',
    '3.54.2',
    `${INNGEST}await new Inngest({ id: 'shop', fetch: mine }).send({ name: 'a' })`,
    T,
    'unknown',
  ],
  ['inngest', '3.54.2', `${INNGEST}await new Inngest({ id: 'shop' }).send({ name: 'a' })`, R, 'present', 4],
  ['@upstash/qstash', '2.12.0', `${QSTASH}await new Client({ token }).publishJSON({ url })`, T, 'absent'],
  ['@upstash/qstash', '2.12.0', `${QSTASH}await new Client({ token }).publishJSON({ url })`, R, 'present', 5],
  [
    '@upstash/qstash',
    '2.12.0',
    `${QSTASH}await new Client({ token, retry: false }).publishJSON({ url })`,
    R,
    'absent',
  ],
  ['@upstash/vector', '1.2.3', `${VECTOR}await new Index({ url, token }).query({ data })`, T, 'absent'],
  [
    '@upstash/vector',
    '1.2.3',
    `${VECTOR}await new Index({ url, token, signal: () => AbortSignal.timeout(900) }).query({ data })`,
    T,
    'present',
  ],
  ['@vercel/blob', '2.8.0', `${BLOB}await put('a', body, { access: 'public' })`, T, 'absent'],
  ['@vercel/blob', '2.8.0', `${BLOB}await put('a', body, { access: 'public' })`, R, 'present', 10],
  [
    '@vercel/blob',
    '2.8.0',
    `${BLOB}await del('a', { abortSignal: AbortSignal.timeout(4000) })`,
    T,
    'present',
    4,
  ],
  ['@vercel/kv', '3.0.0', `import { kv } from '@vercel/kv'\nawait kv.get('a')`, 'redis-timeout', 'absent'],
  [
    'google-auth-library',
    '10.9.1',
    `${GOOGLE}await new OAuth2Client({ clientId }).verifyIdToken({ idToken })`,
    T,
    'absent',
  ],
  [
    'google-auth-library',
    '10.9.1',
    `${GOOGLE}await new OAuth2Client({ clientId, transporterOptions: { timeout: 4000 } }).getToken(code)`,
    T,
    'present',
    4,
  ],
  [
    'googleapis',
    '140.0.0',
    `import { google } from 'googleapis'\nawait new google.auth.OAuth2(process.env.GOOGLE_ID, process.env.GOOGLE_SECRET).getToken(code)`,
    T,
    'absent',
  ],
  ['@googleapis/gmail', '17.0.0', `${GMAIL}await mail.users.messages.list({ userId })`, T, 'absent'],
  [
    '@googleapis/gmail',
    '17.0.0',
    `${GMAIL}await mail.users.messages.list({ userId }, { timeout: 4000 })`,
    T,
    'present',
    4,
  ],
  ['auth0', '4.37.1', `${AUTH0}await new ManagementClient({ domain }).users.get({ id })`, T, 'present', 10],
  [
    'auth0',
    '4.37.1',
    `${AUTH0}await new ManagementClient({ domain, timeoutDuration: 3000 }).users.get({ id })`,
    T,
    'present',
    3,
  ],
  ['auth0', '5.14.1', `${AUTH0}await new ManagementClient({ domain }).users.get({ id })`, T, 'unknown'],
  [
    '@microsoft/microsoft-graph-client',
    '3.0.7',
    `${GRAPH}await Client.init({ authProvider }).api('/me').select('id').get()`,
    T,
    'absent',
  ],
  [
    '@microsoft/microsoft-graph-client',
    '3.0.7',
    `${GRAPH}await Client.init({ authProvider }).api('/me').option('signal', AbortSignal.timeout(4000)).get()`,
    T,
    'unknown',
  ],
  [
    '@microsoft/microsoft-graph-client',
    '3.0.7',
    `${GRAPH}await Client.init({ authProvider }).api('/me').post({})`,
    R,
    'present',
    3,
  ],
  [
    '@microsoft/microsoft-graph-client',
    '3.0.7',
    `${GRAPH}await Client.initWithMiddleware({ middleware: mine }).api('/me').get()`,
    T,
    'unknown',
  ],
  [
    '@workos-inc/node',
    '7.82.0',
    `${WORKOS}await new WorkOS(key).organizations.getOrganization(id)`,
    T,
    'present',
    60,
  ],
  [
    '@workos-inc/node',
    '7.82.0',
    `${WORKOS}await new WorkOS(key, { timeout: 5000 }).organizations.getOrganization(id)`,
    T,
    'present',
    5,
  ],
  ['@clerk/backend', '2.33.8', `${CLERK}await clerk.users.getUser(id)`, T, 'absent'],
  [
    '@clerk/backend',
    '2.33.8',
    `import { clerkClient } from '@clerk/nextjs/server'\nawait (await clerkClient()).users.getUser(id)`,
    T,
    'absent',
  ],
  ['dub', '0.66.5', `${DUB}await new Dub({ token }).links.create({ url })`, T, 'absent'],
  ['dub', '0.66.5', `${DUB}await new Dub({ token, timeoutMs: 3000 }).links.create({ url })`, T, 'present', 3],
  [
    '@lemonsqueezy/lemonsqueezy.js',
    '4.0.0',
    `import { createCheckout } from '@lemonsqueezy/lemonsqueezy.js'\nawait createCheckout(store, variant)`,
    T,
    'absent',
  ],
  [
    'loops',
    '6.3.0',
    `import { LoopsClient } from 'loops'\nawait new LoopsClient(key).sendEvent({ email })`,
    T,
    'absent',
  ],
  [
    'jira.js',
    '5.4.0',
    `${JIRA}await new Version3Client({ host }).issues.getIssue({ issueIdOrKey })`,
    T,
    'absent',
  ],
  [
    'jira.js',
    '5.4.0',
    `${JIRA}await new Version3Client({ host, baseRequestConfig: { timeout: 3000 } }).issues.getIssue({ issueIdOrKey })`,
    T,
    'present',
    3,
  ],
  [
    'airtable',
    '0.12.2',
    `${AIRTABLE}await new Airtable({ apiKey }).base('a')('Orders').find(id)`,
    T,
    'present',
    300,
  ],
  [
    'airtable',
    '0.12.2',
    `${AIRTABLE}await new Airtable({ apiKey, requestTimeout: 4000 }).base('a').table('Orders').find(id)`,
    T,
    'present',
    4,
  ],
  [
    'chromadb',
    '3.5.0',
    `${CHROMA}const orders = await new ChromaClient({ host: 'chroma' }).getCollection({ name })\nawait orders.query({})`,
    'statement-timeout',
    'absent',
  ],
  [
    'braintree',
    '3.40.0',
    `import { BraintreeGateway } from 'braintree'\nawait new BraintreeGateway({}).transaction.sale({})`,
    T,
    'present',
    60,
  ],
  [
    '@chronark/zod-bird',
    '0.3.10',
    `${TINYBIRD}export const visits = tinybird.buildPipe({ pipe: 'visits' })\nawait visits({ id })`,
    T,
    'absent',
  ],
  ['jsforce', '3.8.1', `${FORCE}await crm.query('select Id from Lead')`, T, 'absent'],
  ['jsforce', '3.9.4', `${FORCE}await crm.query('select Id from Lead')`, T, 'unknown'],
  ['jsforce', '3.10.16', `${FORCE}await crm.query('select Id from Lead')`, T, 'present', 1800],
  ['jsforce', '3.10.16', `${FORCE}await crm.sobject('Lead').create({ Name: 'a' })`, R, 'present', 5],
  ['jsforce', '1.11.1', `${FORCE}await crm.sobject('Lead').create({ Name: 'a' })`, R, 'absent'],
  ['jsforce', '2.0.0-beta.29', `${FORCE}await crm.query('select Id from Lead')`, R, 'unknown'],
  [
    'customerio-node',
    '4.4.0',
    `${CUSTOMERIO}const cio = new TrackClient(site, key)\nawait cio.identify('1', {})`,
    T,
    'absent',
  ],
  [
    'customerio-node',
    '4.4.0',
    `${CUSTOMERIO}const cio = new TrackClient(site, key, { timeout: 3000 })\nawait cio.identify('1', {})`,
    T,
    'inert',
  ],
  [
    'customerio-node',
    '4.4.0',
    `${CUSTOMERIO}const mails = new APIClient(process.env.KEY, { timeout: 3000 })\nawait mails.sendEmail(mail)`,
    T,
    'inert',
  ],
  [
    '@getbrevo/brevo',
    '3.0.1',
    `${BREVO}await new Brevo.TransactionalEmailsApi().sendTransacEmail(mail)`,
    T,
    'absent',
  ],
  [
    '@getbrevo/brevo',
    '5.0.4',
    `${BREVO}await new Brevo.BrevoClient({ apiKey }).transactionalEmails.sendTransacEmail(mail)`,
    T,
    'present',
    60,
  ],
  [
    '@getbrevo/brevo',
    '5.0.4',
    `${BREVO}await new Brevo.BrevoClient({ apiKey, timeoutInSeconds: 5 }).transactionalEmails.sendTransacEmail(mail)`,
    T,
    'present',
    5,
  ],
  [
    'node-mailjet',
    '6.0.11',
    `${MAILJET}await Mailjet.apiConnect(key, secret).post('send', { version: 'v3.1' }).request(mail)`,
    T,
    'absent',
  ],
  [
    'node-mailjet',
    '6.0.11',
    `${MAILJET}const mailjet = new Mailjet({ apiKey, apiSecret, options: { timeout: 4000 } })\nawait mailjet.post('send').request(mail)`,
    T,
    'present',
    4,
  ],
  ['telnyx', '7.24.0', `${TELNYX}await new Telnyx({ apiKey }).messages.send({ to })`, T, 'present', 60],
  [
    '@slack/bolt',
    '4.4.0',
    `${BOLT}const app = new App({ token })\nawait app.client.chat.postMessage({ channel })`,
    T,
    'absent',
  ],
  [
    '@slack/bolt',
    '4.4.0',
    `${BOLT}const app = new App({ token, clientOptions: { timeout: 5000 } })\nawait app.client.chat.postMessage({ channel })`,
    T,
    'present',
    5,
  ],
  ['soap', '1.13.0', `${SOAP}await client.AddAsync({ a: 1 })`, T, 'absent'],
  ['soap', '1.13.0', `${SOAP}await client.AddAsync({ a: 1 }, { timeout: 3000 })`, T, 'present', 3],
  [
    '@sanity/client',
    '5.4.2',
    `${SANITY}await createClient({ projectId, maxRetries: 9 }).fetch('*[_type == "a"]')`,
    R,
    'present',
    3,
  ],
  [
    '@sanity/client',
    '6.0.0',
    `${SANITY}await createClient({ projectId }).fetch('*[_type == "a"]')`,
    R,
    'present',
    5,
  ],
  [
    '@sanity/client',
    '7.28.0',
    `${SANITY}await createClient({ projectId }).fetch('*[_type == "a"]')`,
    T,
    'present',
    300,
  ],
  [
    '@sanity/client',
    '7.28.0',
    `${SANITY}const cms = createClient({ projectId, timeout: 5000 })\nawait cms.patch('a').set({ b: 1 }).commit()`,
    T,
    'present',
    5,
  ],
  [
    'simple-oauth2',
    '5.1.0',
    `${OAUTH}await new ClientCredentials({ client, auth }).getToken({})`,
    T,
    'absent',
  ],
  [
    'simple-oauth2',
    '5.1.0',
    `${OAUTH}await new ClientCredentials({ client, auth, http: { timeout: 3000 } }).getToken({})`,
    T,
    'present',
    3,
  ],
  ['arctic', '3.7.0', `${ARCTIC}await github.validateAuthorizationCode(code)`, T, 'absent'],
  ['arctic', '1.9.2', `${ARCTIC}await github.validateAuthorizationCode(code)`, T, 'unknown'],
  ['node-vault', '0.12.0', `${VAULT}await vault({ endpoint: 'http://vault:8200' }).read('a')`, T, 'absent'],
  [
    'node-vault',
    '0.10.2',
    `${VAULT}await vault({ endpoint, requestOptions: { timeout: 2000 } }).read('a')`,
    T,
    'present',
    2,
  ],
  [
    '@keycloak/keycloak-admin-client',
    '26.4.7',
    `${KEYCLOAK}await new KcAdminClient({ baseUrl: 'http://keycloak', timeout: 900 }).users.find({ email })`,
    T,
    'absent',
  ],
  [
    '@keycloak/keycloak-admin-client',
    '26.5.1',
    `${KEYCLOAK}await new KcAdminClient({ baseUrl: 'http://keycloak', timeout: 900 }).users.find({ email })`,
    T,
    'present',
    0.9,
  ],
  [
    '@keycloak/keycloak-admin-client',
    '26.7.4',
    `${KEYCLOAK}await new KcAdminClient({ baseUrl: 'http://keycloak' }).users.find({ email })`,
    T,
    'absent',
  ],
  [
    '@supabase/supabase-js',
    '2.109.0',
    `${SSR}const db = createServerClient(url, key, { cookies })\nawait db.from('a').select()`,
    T,
    'absent',
  ],
]

describeLibraries(CASES)

test('a task that is only defined asks nobody', async () => {
  const code = `${TRIGGER}export const mail = task({ id: 'mail', run })`
  const clients = await clientsIn(code, { '@trigger.dev/sdk': '4.8.3' })
  expect(clients.map(({ guards }) => [guards[T], guards[R]])).toEqual([[undefined, undefined]])
})

test('clients of two libraries in one function are two, each by a name of its own', async () => {
  const code = `${TRIGGER}export const mail = task({ id: 'mail', run: async () => { await fetch('http://a.example') } })`
  const clients = await clientsIn(code, { '@trigger.dev/sdk': '4.8.3' })
  expect(clients.map(({ symbol }) => symbol)).toEqual(['src/main.ts#mail', 'src/main.ts#mail (fetch)'])
})

test('a client that only builds the address of a sign-in waits for nothing', async () => {
  const code = `${ARCTIC}export const address = () => github.createAuthorizationURL(state, scopes)`
  const [client] = await clientsIn(code, { arctic: '3.7.0' })
  expect(client!.guards[T]).toBeUndefined()
})

test('a function of a library may be kept with its type arguments', async () => {
  const code = `import { createServerClient as make } from '@supabase/ssr'\nconst createServerClient = make<Database>\nexport const all = () => createServerClient(url, key, { cookies }).from('a').select()`
  const clients = await clientsIn(code, { '@supabase/supabase-js': '2.109.0' })
  expect(clients.map(({ library }) => library)).toEqual(['supabase'])
})
