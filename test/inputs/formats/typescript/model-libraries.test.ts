/** Clients of language models, of what they are given as tools, and of what watches them. */
import { describeLibraries, type LibraryCase } from './reading.js'

const T = 'http-timeout'
const R = 'http-retry'

const MCP = `import { Client } from '@modelcontextprotocol/sdk/client/index.js'\nconst mcp = new Client({ name: 'shop', version: '1' }, {})\n`
const AI_MCP = `import { createMCPClient } from '@ai-sdk/mcp'\nconst mcp = await createMCPClient({ transport: { type: 'http', url: 'https://tools.example' } })\n`
const OPENAI = `import { ChatOpenAI } from '@langchain/openai'\n`
const ANTHROPIC = `import { ChatAnthropic } from '@langchain/anthropic'\n`
const GEMINI = `import { ChatGoogleGenerativeAI } from '@langchain/google-genai'\nconst model = new ChatGoogleGenerativeAI({ model: 'a' })\n`
const OLLAMA = `import { ChatOllama } from '@langchain/ollama'\n`
const HUGGING = `import { InferenceClient } from '@huggingface/inference'\nconst hf = new InferenceClient(token)\n`
const FIRECRAWL = `import Firecrawl from '@mendable/firecrawl-js'\n`
const ELEVEN = `import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js'\nconst voice = new ElevenLabsClient({ apiKey })\n`
const LANGFUSE = `import { Langfuse } from 'langfuse'\n`

const MCP_SDK = '@modelcontextprotocol/sdk'

const EXA = `import Exa from 'exa-js'\n`
const TOGETHER = `import Together from 'together-ai'\nconst ai = new Together()\n`
const CEREBRAS = `import Cerebras from '@cerebras/cerebras_cloud_sdk'\n`
const E2B = `import { Sandbox } from '@e2b/code-interpreter'\nconst box = await Sandbox.create()\n`

const CASES: LibraryCase[] = [
  [MCP_SDK, '1.12.0', `${MCP}await mcp.callTool({ name: 'search' })`, T, 'present', 60],
  [
    MCP_SDK,
    '1.12.0',
    `${MCP}await mcp.callTool({ name: 'search' }, undefined, { timeout: 5000 })`,
    T,
    'present',
    5,
  ],
  [MCP_SDK, '1.12.0', `${MCP}await mcp.listTools({}, { timeout: 5000 })`, T, 'present', 5],
  [MCP_SDK, '1.12.0', `${MCP}await mcp.request({ method: 'a' }, schema, options)`, T, 'unknown'],
  [MCP_SDK, '1.12.0', `${MCP}await mcp.listTools()`, R, 'absent'],
  ['@ai-sdk/mcp', '1.0.101', `${AI_MCP}await mcp.tools()`, T, 'absent'],
  [
    '@ai-sdk/mcp',
    '1.0.101',
    `${AI_MCP}await mcp.callTool({ name: 'search', options: { timeout: 4000 } })`,
    T,
    'present',
    4,
  ],
  [
    '@langchain/openai',
    '1.5.8',
    `${OPENAI}await new ChatOpenAI({ model: 'a' }).invoke(messages)`,
    T,
    'present',
    600,
  ],
  [
    '@langchain/openai',
    '1.5.8',
    `${OPENAI}await new ChatOpenAI({ model: 'a' }).invoke(messages)`,
    R,
    'present',
    6,
  ],
  [
    '@langchain/openai',
    '0.6.17',
    `${OPENAI}const model = new ChatOpenAI({ timeout: 20000, maxRetries: 2 })\nawait model.invoke(messages)`,
    T,
    'present',
    20,
  ],
  [
    '@langchain/openai',
    '0.6.17',
    `${OPENAI}const model = new ChatOpenAI({ timeout: 20000, maxRetries: 2 })\nawait model.invoke(messages)`,
    R,
    'present',
    2,
  ],
  [
    '@langchain/openai',
    '0.6.17',
    `${OPENAI}const model = new ChatOpenAI({}).withStructuredOutput(schema)\nawait model.invoke(messages, { timeout: 9000 })`,
    T,
    'present',
    9,
  ],
  [
    '@langchain/openai',
    '2.0.0',
    `${OPENAI}await new ChatOpenAI({ model: 'a' }).invoke(messages)`,
    T,
    'unknown',
  ],
  [
    '@langchain/anthropic',
    '1.5.11',
    `${ANTHROPIC}await new ChatAnthropic({ model: 'a' }).invoke(messages)`,
    T,
    'present',
    600,
  ],
  [
    '@langchain/anthropic',
    '1.5.11',
    `${ANTHROPIC}await new ChatAnthropic({ clientOptions: { timeout: 8000 } }).invoke(messages)`,
    T,
    'present',
    8,
  ],
  [
    '@langchain/anthropic',
    '1.5.11',
    `${ANTHROPIC}await new ChatAnthropic({ createClient: make, clientOptions: {} }).invoke(messages)`,
    T,
    'unknown',
  ],
  ['@langchain/google-genai', '1.0.3', `${GEMINI}await model.invoke(messages)`, T, 'absent'],
  [
    '@langchain/google-genai',
    '1.0.3',
    `${GEMINI}await model.invoke(messages, { signal: AbortSignal.timeout(7000) })`,
    T,
    'present',
    7,
  ],
  // What a client is derived with bounds what is called on it, wherever it is kept.
  [
    '@langchain/google-genai',
    '1.0.3',
    `${GEMINI}const bounded = model.withConfig({ timeout: 7000 })\nawait bounded.invoke(messages)`,
    T,
    'present',
    7,
  ],
  [
    '@langchain/google-genai',
    '1.0.3',
    `${GEMINI}await model.withConfig({ tags: ['a'] }).invoke(messages)`,
    T,
    'absent',
  ],
  [
    '@langchain/google-genai',
    '1.0.3',
    `${GEMINI}await model.withConfig(config).invoke(messages)`,
    T,
    'unknown',
  ],
  [
    '@langchain/ollama',
    '1.3.0',
    `${OLLAMA}await new ChatOllama({ model: 'a' }).invoke(messages)`,
    T,
    'absent',
  ],
  [
    '@langchain/ollama',
    '1.3.0',
    `${OLLAMA}await new ChatOllama({ model: 'a' }).invoke(messages, { timeout: 4000 })`,
    T,
    'inert',
  ],
  [
    '@langchain/ollama',
    '1.3.0',
    `${OLLAMA}await new ChatOllama({ model: 'a', fetch: bounded }).invoke(messages)`,
    T,
    'unknown',
  ],
  ['@huggingface/inference', '4.13.30', `${HUGGING}await hf.chatCompletion({ model })`, T, 'absent'],
  [
    '@huggingface/inference',
    '4.13.30',
    `${HUGGING}await hf.chatCompletion({ model })`,
    'retry-bounded',
    'absent',
  ],
  [
    '@huggingface/inference',
    '4.13.30',
    `${HUGGING}await hf.chatCompletion({ model }, { signal: AbortSignal.timeout(3000) })`,
    T,
    'present',
    3,
  ],
  ['@huggingface/inference', '2.8.1', `${HUGGING}await hf.chatCompletion({ model })`, T, 'unknown'],
  [
    '@mendable/firecrawl-js',
    '4.42.0',
    `${FIRECRAWL}await new Firecrawl({ apiKey }).scrape('https://a.example')`,
    T,
    'present',
    300,
  ],
  [
    '@mendable/firecrawl-js',
    '3.3.0',
    `${FIRECRAWL}await new Firecrawl({ apiKey }).scrape('https://a.example')`,
    T,
    'present',
    60,
  ],
  [
    '@mendable/firecrawl-js',
    '4.10.0',
    `${FIRECRAWL}await new Firecrawl({ apiKey }).scrape('https://a.example')`,
    T,
    'unknown',
  ],
  [
    '@elevenlabs/elevenlabs-js',
    '2.73.0',
    `${ELEVEN}await voice.textToSpeech.convert(id, { text })`,
    T,
    'present',
    240,
  ],
  [
    '@elevenlabs/elevenlabs-js',
    '2.73.0',
    `${ELEVEN}await voice.textToSpeech.convert(id, { text }, { timeoutInSeconds: 20 })`,
    T,
    'present',
    20,
  ],
  ['langfuse', '3.39.2', `${LANGFUSE}await new Langfuse().getPrompt('a')`, T, 'present', 5],
  [
    'langfuse',
    '3.39.2',
    `${LANGFUSE}await new Langfuse().getPrompt('a', undefined, { fetchTimeoutMs: 900, maxRetries: 0 })`,
    T,
    'present',
    0.9,
  ],
  [
    'langfuse',
    '3.39.2',
    `${LANGFUSE}await new Langfuse().getPrompt('a', undefined, { fetchTimeoutMs: 900, maxRetries: 0 })`,
    R,
    'absent',
  ],
  [
    '@langfuse/client',
    '4.6.1',
    `import { LangfuseClient } from '@langfuse/client'\nconst langfuse = new LangfuseClient()\nawait langfuse.prompt.get('a')`,
    T,
    'present',
    60,
  ],
  ['exa-js', '2.23.0', `${EXA}await new Exa(key).searchAndContents('a')`, T, 'absent'],
  ['together-ai', '0.52.0', `${TOGETHER}await ai.chat.completions.create({ model })`, T, 'present', 60],
  ['together-ai', '0.52.0', `${TOGETHER}await ai.chat.completions.create({ model })`, R, 'present', 2],
  ['together-ai', '0.9.0', `${TOGETHER}await ai.chat.completions.create({ model })`, R, 'present', 5],
  ['together-ai', '0.30.0', `${TOGETHER}await ai.chat.completions.create({ model })`, R, 'unknown'],
  [
    '@cerebras/cerebras_cloud_sdk',
    '1.64.1',
    `${CEREBRAS}await new Cerebras().chat.completions.create({ model }, { timeout: 4000 })`,
    T,
    'present',
    4,
  ],
  ['e2b', '2.51.0', `${E2B}await box.runCode('1 + 1')`, T, 'present', 60],
  ['e2b', '2.51.0', `${E2B}await box.files.read('a', { requestTimeoutMs: 3000 })`, T, 'present', 3],
]

describeLibraries(CASES)
