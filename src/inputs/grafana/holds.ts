/** Tells files that Grafana provisions its alerting and its data sources from, by their text. */

/** At the start of a line, or behind the brace of JSON in one line. */
const groups = keyOf('groups', String.raw`(?:^|^[ \t]*\{[ \t]*|,[ \t]*)`)
const lists = keyOf(
  '(?:contactPoints|policies|muteTimes)',
  String.raw`(?:^|^[ \t]*\{[ \t]*|,[ \t]*|^[ \t]{1,4}(?="))`,
)
const dataSources = keyOf('datasources', String.raw`(?:^|^[ \t]*\{[ \t]*|,[ \t]*|^[ \t]{1,4}(?="))`)
const jsonGroups = /^[ \t]{1,4}"groups"\s*:/m
const version = keyOf(
  'apiVersion',
  String.raw`(?:^|^[ \t]*\{[ \t]*|,[ \t]*|^[ \t]{1,4}(?="))`,
  String.raw`\s*['"]?1['"]?\s*(?:[,}#]|$)`,
)
/** Every query of a rule names its data source; no other kind of rule has one. */
const source = keyOf('datasourceUid', String.raw`(?:^[ \t]*(?:-[ \t]+)?|[{,][ \t]*)`)
const outcome = keyOf('(?:condition|record)', String.raw`(?:^[ \t]*(?:-[ \t]+)?|[{,][ \t]*)`)
const kind = keyOf('kind', String.raw`(?:^|^[ \t]*\{[ \t]*)`)

/** `groups` with rules over queries of data sources; an object of Kubernetes is read as one. */
export function holdsGrafanaRules(text: string): boolean {
  return (
    text.includes('datasourceUid') &&
    (groups.test(text) || jsonGroups.test(text)) &&
    source.test(text) &&
    outcome.test(text) &&
    !kind.test(text)
  )
}

/** Contact points, notification policies and mute timings. */
export function holdsGrafanaRouting(text: string): boolean {
  return (
    /contactPoints|policies|muteTimes/.test(text) &&
    version.test(text) &&
    lists.test(text) &&
    !kind.test(text)
  )
}

export function holdsDataSources(text: string): boolean {
  return text.includes('datasources') && version.test(text) && dataSources.test(text) && !kind.test(text)
}

function keyOf(name: string, before: string, after = ''): RegExp {
  return new RegExp(String.raw`${before}['"]?${name}['"]?\s*:${after}`, 'm')
}
