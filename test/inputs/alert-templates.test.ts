import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { templateInGrafana, templateOf } from '../../src/inputs/alert-templates/template.js'

// Compared with promtool 2.42.
describe('a template of an alert', () => {
  it.each([
    ['{{ foo $value }}', 'function "foo" not defined'],
    ['{{ $valu }}', 'undefined variable "$valu"'],
    ['{{ $value ', 'unclosed action'],
    ['{{ if $value }}x', 'unexpected EOF'],
    ['a {{/* b', 'unclosed comment'],
    ['{{ /* a */ }}', 'unexpected "/"'],
    ['{{ end }}', 'unexpected {{end}}'],
    ['{{ else }}', 'unexpected {{else}}'],
    ['{{ if $value }}a{{ else }}b{{ else }}c{{ end }}', 'unexpected {{else}}'],
    ['{{ $labels.foo bar }}', 'function "bar" not defined'],
    ['{{ printf "%.2f" ($value | humanize }}', 'unclosed left paren'],
    ["{{ $labels.pod | printf '%s' }}", 'malformed character constant'],
    ['{{ }}', 'missing value for command'],
    ['{{ $labels["a"] }}', 'bad character "["'],
    ['{{ $labels.a-b }}', 'bad character "-"'],
    ['{{ with $x := 5 }}{{ $x }}{{ end }}{{ $x }}', 'undefined variable "$x"'],
    ['{{ "unclosed }}', 'unterminated quoted string'],
    ['{{ define "a" }}{{ $value }}{{ end }}', 'undefined variable "$value"'],
  ])('%s is refused: %s', (text, error) => {
    expect(templateOf(text)?.error).toContain(error)
  })

  it.each([
    '{{/* a */}} {{- $value -}} }} {',
    '{{ define "x" }}{{ . }}{{ end }}{{ template "x" . }}',
    '{{ $x := 5 }}{{ $x }}',
    '{{ range $i, $e := query "up" }}{{ $i }}{{ .Labels.x }}{{ end }}',
    '{{ if eq $labels.a "b" }}1{{ else if eq $labels.a "c" }}2{{ else }}3{{ end }}',
    '{{ with query "up{job=\'a\'}" }}{{ . | first | value | humanize }}{{ end }}',
    '{{ printf `up{a="%s"}` $labels.job | query | first | value }}',
    '{{ .Value }} {{ $.Labels.a }} {{ $externalLabels.cluster }} {{ externalURL }}',
    '{{ reReplaceAll "(.*):.*" "$1" $labels.instance }}',
  ])('%s is sound', (text) => {
    expect(templateOf(text)).toMatchObject({ error: null, wrongField: null })
  })

  it('tells labels and the value', () => {
    expect(templateOf('no action')).toBeNull()
    expect(
      templateOf('{{ $labels.a }}{{ .Labels.b }}{{ index $labels "c.d" }}{{ $.Labels.e }}'),
    ).toMatchObject({
      labels: ['a', 'b', 'c.d', 'e'],
      printsValue: false,
    })
    // Behind a query the dot is something else.
    expect(templateOf('{{ range query "up" }}{{ .Labels.x }}{{ .Value }}{{ end }}')).toMatchObject({
      labels: [],
      printsValue: false,
    })
    expect(templateOf('{{ if gt $value 5.0 }}a{{ end }}')?.printsValue).toBe(false)
    expect(templateOf('{{ $v := .Value | humanize }}{{ $v }}')?.printsValue).toBe(true)
    expect(templateOf('{{ .Annotations.a }}')?.wrongField).toBe('.Annotations')
  })

  it('never makes the reader fall', () => {
    const word = fc.constantFrom(
      '{{',
      '}}',
      '-',
      ' ',
      'if',
      'end',
      '$value',
      '.Labels',
      '"',
      '`',
      '(',
      '|',
      ':=',
      'x',
      "'",
      '/*',
      '*/',
      '\\',
    )
    fc.assert(fc.property(fc.array(word), (words) => void templateOf(words.join(''))))
  })
})

// pkg/services/ngalert/state/template of Grafana 12.1.
describe('a template of a rule of Grafana', () => {
  it.each([
    ['{{ $values.B }}', [], true],
    ['{{ $values.B.Value | humanize }} and {{ .Values.A.Value }}', [], true],
    ['{{ $values.B.Labels.instance }} of {{ $labels.job }}', ['instance', 'job'], false],
    ['{{ $$labels.job }} in {{ $labels.grafana_folder }}', ['job'], false],
    ['{{ if gt $values.B.Value 90.0 }}critical{{ else }}warning{{ end }}', [], false],
    ['{{ removeLabels .Labels "pod" }}', [], false],
    ['{{ range $name, $one := $values }}{{ $name }}{{ end }}', [], false],
  ])('%s prints the labels %j, and its value: %s', (text, labels, printsValue) => {
    expect(templateInGrafana(text)).toEqual({
      error: null,
      wrongField: null,
      notJudged: null,
      labels,
      printsValue,
    })
  })

  it.each([
    ['{{ $valu }}', 'Grafana prints it: undefined variable "$valu"'],
    ['{{ .Foo }}', 'Grafana prints it, and .Foo is not known here'],
    ['{{ crlfEscape "a" }}', 'Grafana prints it: function "crlfEscape" not defined'],
    ['{{ $value ', 'Grafana prints it: unclosed action'],
  ])('%s is not judged', (text, notJudged) => {
    expect(templateInGrafana(text)).toMatchObject({ error: null, wrongField: null, notJudged })
  })

  it('is none without actions', () => {
    expect(templateInGrafana('plain')).toBeNull()
  })
})
