import Stripe from 'stripe'
import { prisma } from './database.js'

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? '')

export interface PaymentIntent {
  orderId: string
  clientSecret: string | null
}

/** An order exists only together with its payment intent. */
export async function createIntent(customerId: string, totalPence: number): Promise<PaymentIntent> {
  return prisma.$transaction(async (tx) => {
    const order = await tx.order.create({ data: { customerId, totalPence } })
    const intent = await stripe.paymentIntents.create(
      { amount: totalPence, currency: 'gbp', metadata: { orderId: order.id } },
      { idempotencyKey: `order-${order.id}` },
    )
    await tx.order.update({ where: { id: order.id }, data: { intentId: intent.id } })
    return { orderId: order.id, clientSecret: intent.client_secret }
  })
}

export function readEvent(body: Buffer, signature: string): Stripe.Event {
  return stripe.webhooks.constructEvent(body, signature, process.env.STRIPE_WEBHOOK_SECRET ?? '')
}

/** Stripe delivers an event at least once; the event's id makes the second delivery a no-op. */
export async function settle(event: Stripe.Event): Promise<void> {
  if (event.type !== 'payment_intent.succeeded') return
  const intentId = event.data.object.id
  const seen = await prisma.webhookEvent.findUnique({ where: { id: event.id } })
  if (seen) return
  await prisma.$transaction([
    prisma.webhookEvent.create({ data: { id: event.id } }),
    prisma.order.update({ where: { intentId }, data: { status: 'PAID' } }),
  ])
  await announce(intentId)
}

async function announce(intentId: string): Promise<void> {
  try {
    await fetch(`${process.env.NOTIFICATION_SERVICE_URL}/v1/notifications/order-paid`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ intentId }),
      signal: AbortSignal.timeout(2000),
    })
  } catch {
    return
  }
}
