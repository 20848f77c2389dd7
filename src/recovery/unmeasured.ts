/** Reasons for which a run is weak until samples of the service from elsewhere answer them. */
export const BASELINE_NOT_MEASURED = 'the baseline was not measured'
export const OUTCOME_NOT_MEASURED =
  'the outcome was not measured: this tool does not monitor the service, and no samples of it were found'
