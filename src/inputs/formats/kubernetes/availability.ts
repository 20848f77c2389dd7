/** What keeps enough pods running: autoscalers, disruption budgets, priorities. */
import type { Autoscaler, DisruptionBudget, PriorityClass } from '../../../facts/kubernetes.js'
import type { Field } from '../../field.js'
import { readLabelSelector } from './label-selector.js'
import { amountOf, manifestObject, placesOf } from './object.js'

export function readAutoscaler(object: Field): Autoscaler[] {
  const spec = object.get('spec')
  return [
    {
      ...manifestObject(object, 'HorizontalPodAutoscaler'),
      fact: 'autoscaler',
      at: placesOf({
        target: spec.get('scaleTargetRef'),
        minReplicas: spec.get('minReplicas'),
        maxReplicas: spec.get('maxReplicas'),
        metrics: spec.get('metrics'),
      }),
      target: {
        kind: spec.get('scaleTargetRef', 'kind').text() ?? '',
        name: spec.get('scaleTargetRef', 'name').text() ?? '',
      },
      minReplicas: spec.get('minReplicas').number(),
      maxReplicas: spec.get('maxReplicas').number(),
      utilisationOf: utilisationOf(spec),
    },
  ]
}

/** Without any metric Kubernetes scales on CPU utilisation (80 %). */
function utilisationOf(spec: Field): string[] {
  const metrics = spec.get('metrics').items()
  if (metrics.length === 0) return ['cpu']
  const resources = metrics.flatMap((metric) => {
    const resource = [metric.get('resource'), metric.get('containerResource')].find(
      (candidate) => candidate.exists,
    )
    const byUtilisation =
      resource?.get('target', 'type').value === 'Utilization' ||
      resource?.get('targetAverageUtilization').exists
    return (byUtilisation && resource?.get('name').text()) || []
  })
  return [...new Set(resources)].sort()
}

export function readDisruptionBudget(object: Field): DisruptionBudget[] {
  const spec = object.get('spec')
  const [minAvailable, maxUnavailable] = [spec.get('minAvailable'), spec.get('maxUnavailable')]
  const unhealthyPodEvictionPolicy = spec.get('unhealthyPodEvictionPolicy')
  return [
    {
      ...manifestObject(object, 'PodDisruptionBudget'),
      fact: 'disruption-budget',
      at: placesOf({
        selector: spec.get('selector'),
        minAvailable,
        maxUnavailable,
        unhealthyPodEvictionPolicy,
      }),
      selector: readLabelSelector(spec.get('selector')),
      minAvailable: amountOf(minAvailable),
      maxUnavailable: amountOf(maxUnavailable),
      unhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy.text(),
    },
  ]
}

export function readPriorityClass(object: Field): PriorityClass[] {
  return [
    {
      ...manifestObject(object, 'PriorityClass'),
      fact: 'priority-class',
      value: object.get('value').number(),
      isDefault: object.get('globalDefault').value === true,
      preemptionPolicy: object.get('preemptionPolicy').text(),
    },
  ]
}
