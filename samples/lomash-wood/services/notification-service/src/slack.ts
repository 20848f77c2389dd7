import { WebClient } from '@slack/web-api'
import pLimit from 'p-limit'
import { log } from './log.js'

export interface Message {
  channel: string
  text: string
}

const MAX_ATTEMPTS = 5
const escalations = new WebClient(process.env.SLACK_BOT_TOKEN)
const parallel = pLimit(4)

/** Posts through the incoming webhook and tries again until Slack accepts it. */
export async function post(message: Message): Promise<void> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    try {
      const response = await fetch(process.env.SLACK_WEBHOOK_URL ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(5000),
      })
      if (response.ok) return
      log.warn({ attempt, status: response.status }, 'slack refused the message')
    } catch (error) {
      log.warn({ attempt, error }, 'slack not reachable')
    }
  }
  throw new Error(`message to ${message.channel} was not delivered`)
}

export async function postAll(messages: Message[]): Promise<void> {
  await Promise.all(messages.map((message) => parallel(() => post(message))))
}

export async function page(userId: string, text: string): Promise<void> {
  await escalations.chat.postMessage({ channel: userId, text })
}
