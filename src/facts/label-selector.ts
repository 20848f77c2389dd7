/** A label selector of the Kubernetes API: labels and expressions, all of which must hold; without any it selects everything. */
export interface LabelSelector {
  labels: Record<string, string>
  expressions: LabelExpression[]
}

export interface LabelExpression {
  key: string
  /** Anything but the four is refused by Kubernetes. */
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'refused'
  values: string[]
}
