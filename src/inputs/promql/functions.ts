/** What the functions and aggregations of PromQL take and give, as Prometheus 3 declares them (promql/parser/functions.go). */

/** In the words of Prometheus' messages. */
export type ValueType = 'scalar' | 'instant vector' | 'range vector' | 'string'

/** Null where a function is newer than our knowledge: it fits anywhere. */
export type KnownType = ValueType | null

export interface Signature {
  takes: ValueType[]
  /** Fewest and most arguments; further ones have the last type. */
  least: number
  most: number
  gives: ValueType
}

const [SCALAR, VECTOR, RANGE, STRING] = ['scalar', 'instant vector', 'range vector', 'string'] as const

function sharing(
  names: string,
  takes: ValueType[],
  { least = takes.length, most = takes.length, gives = VECTOR as ValueType } = {},
): [string, Signature][] {
  return names.split(' ').map((name) => [name, { takes, least, most, gives }])
}

const FUNCTIONS = new Map<string, Signature>([
  ...sharing(
    'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad sgn sin sinh sort sort_desc sqrt start_timestamp tan tanh timestamp',
    [VECTOR],
  ),
  ...sharing(
    'absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time',
    [RANGE],
  ),
  ...sharing('day_of_month day_of_week day_of_year days_in_month hour minute month year', [VECTOR], {
    least: 0,
  }),
  ...sharing('end pi range start step time', [], { gives: SCALAR }),
  ...sharing('scalar', [VECTOR], { gives: SCALAR }),
  ...sharing('vector', [SCALAR]),
  ...sharing('clamp_max clamp_min', [VECTOR, SCALAR]),
  ...sharing('clamp', [VECTOR, SCALAR, SCALAR]),
  ...sharing('round', [VECTOR, SCALAR], { least: 1 }),
  ...sharing('predict_linear', [RANGE, SCALAR]),
  ...sharing('double_exponential_smoothing', [RANGE, SCALAR, SCALAR]),
  ...sharing('quantile_over_time', [SCALAR, RANGE]),
  ...sharing('histogram_quantile', [SCALAR, VECTOR]),
  ...sharing('histogram_quantiles', [VECTOR, STRING, SCALAR], { most: 12 }),
  ...sharing('histogram_fraction', [SCALAR, SCALAR, VECTOR]),
  ...sharing('info', [VECTOR, VECTOR], { least: 1 }),
  ...sharing('label_replace', [VECTOR, STRING, STRING, STRING, STRING]),
  ...sharing('label_join', [VECTOR, STRING, STRING, STRING], { least: 3, most: Infinity }),
  ...sharing('sort_by_label sort_by_label_desc', [VECTOR, STRING], { least: 1, most: Infinity }),
])

const AGGREGATION_PARAMETERS = new Map<string, ValueType>([
  ...['topk', 'bottomk', 'limitk', 'limit_ratio', 'quantile'].map((name) => [name, SCALAR] as const),
  ['count_values', STRING],
])

/** Functions that the grammar no longer knows, with what became of them. */
export const FORMER_FUNCTIONS = new Map([
  ['holt_winters', 'is double_exponential_smoothing since Prometheus 3.0'],
])

/** Undefined for a function that is newer than this table. */
export function signatureOf(name: string): Signature | undefined {
  return FUNCTIONS.get(name)
}

/** Type of what an aggregation takes before its vector; undefined when it takes the vector alone. */
export function parameterOf(aggregation: string): ValueType | undefined {
  return AGGREGATION_PARAMETERS.get(aggregation)
}
