import { describe, expect, it } from 'vitest'
import { metricPatterns, tellsOf, type MechanismKind } from '../../../src/knowledge/alerts/metric-patterns.js'
import { loadPolicies } from '../../../src/knowledge/policies.js'

const { mechanisms } = metricPatterns()
const kinds = Object.keys(mechanisms) as MechanismKind[]

const toldBy = (metric: string): string[] =>
  kinds.flatMap((kind) => {
    const tells = tellsOf(metric, mechanisms[kind])
    return tells === 'no' ? [] : [tells === 'yes' ? kind : `${kind} beside`]
  })

describe('metrics of mechanisms', () => {
  it.each([
    ['circuit_open', ['breaker']],
    ['resilience4j_circuitbreaker_state', ['breaker']],
    ['envoy_cluster_outlier_detection_ejections_active', ['breaker']],
    ['pricingBreakerState', ['breaker']],
    ['http.client.retries', ['retries']],
    ['envoy_cluster_upstream_rq_retry_limit_exceeded', ['retries']],
    ['hikaricp_connections_pending', ['pool']],
    ['pgbouncer_pools_client_waiting_connections', ['pool']],
    ['db_client_connections_pending_requests', ['pool']],
    ['db_client_connections_usage', ['pool beside']],
    ['prisma_pool_connections_busy', ['pool']],
    ['pg_stat_database_numbackends', ['pool beside']],
    ['kafka_consumergroup_lag', ['queue']],
    ['rabbitmq_queue_messages_ready', ['queue']],
    ['bullmq_queue_waiting', ['queue']],
    ['aws_sqs_approximate_age_of_oldest_message_average', ['queue']],
    ['job:email_queue_depth:max5m', ['queue']],
    ['pubsub_num_undelivered_messages', ['queue']],
  ])('%s tells of %j', (metric, told) => {
    expect(toldBy(metric)).toEqual(told)
  })

  it.each([
    'up',
    'http_requests_total',
    'payment_attempts_total',
    'pg_replication_lag_seconds',
    'nodejs_eventloop_lag_seconds',
    'jvm_memory_pool_bytes_used',
    'elasticsearch_thread_pool_rejected_count',
    'kube_job_status_failed',
    'node_disk_io_time_weighted_seconds_total',
    'node_network_transmit_queue_length',
    'nginx_connections_active',
    'short_circuitry_enabled',
    'spool_files',
  ])('%s tells of none', (metric) => {
    expect(toldBy(metric)).toEqual([])
  })
})

describe('mechanisms', () => {
  it('are seen by patterns, and lead to kinds, that there are', () => {
    const { patterns, componentKinds } = loadPolicies()
    for (const { guards, practices, of } of Object.values(mechanisms)) {
      const known = Object.keys(patterns)
      expect([...Object.keys(guards), ...practices].filter((name) => !known.includes(name))).toEqual([])
      expect(of.filter((kind) => !Object.hasOwn(componentKinds.kinds, kind))).toEqual([])
    }
  })
})
