import { describe, expect, it } from 'vitest'
import { pintCommentsIn } from '../../../src/inputs/promql/pint-comments.js'

const read = (text: string) => pintCommentsIn({ path: 'rules.yaml', text })

describe('comments for pint', () => {
  it('disable a check, or snooze it until a moment', () => {
    const { comments, problems } = read(
      [
        '# pint disable promql/series(my_metric)',
        '#pint file/disable promql/rate',
        'expr: up # pint snooze 2026-01-31 alerts/for',
        '# pint file/snooze 2026-01-31T10:00:00+02:00 rule/label(severity:true)',
      ].join('\n'),
    )
    expect(problems).toEqual([])
    expect(comments).toMatchObject([
      { kind: 'disable', check: 'promql/series', argument: 'my_metric', until: null, source: { line: 1 } },
      { kind: 'file/disable', check: 'promql/rate', argument: null },
      { kind: 'snooze', check: 'alerts/for', until: '2026-01-31T00:00:00.000Z', source: { column: 10 } },
      { kind: 'file/snooze', check: 'rule/label', until: '2026-01-31T08:00:00.000Z' },
    ])
  })

  it.each([
    ['# pint disable', 'disable needs the name of one check, such as promql/series'],
    ['# pint disable two words', 'disable needs the name of one check, such as promql/series'],
    ['# pint snooze promql/series', 'snooze needs a date first, such as 2026-01-31'],
    ['# pint snooze 2026-02-30 promql/series', 'snooze needs a date first, such as 2026-01-31'],
    ['# pint snooze 2026-01-31', 'snooze needs the name of one check, such as promql/series'],
    ['# pint file/snooze tomorrow promql/rate', 'file/snooze needs a date first, such as 2026-01-31'],
    ['# pint ignore/file please', 'after ignore/file nothing may follow'],
  ])('that are malformed are listed: %s', (text, message) => {
    const { comments, problems, ignoredBy } = read(`groups: []\n${text}\n`)
    expect(problems).toEqual([
      {
        path: 'rules.yaml',
        line: 2,
        column: 1,
        message: `this pint comment has no effect: ${message}`,
      },
    ])
    expect(comments).toEqual([])
    expect(ignoredBy.size).toBe(0)
  })

  it.each([
    '# pint is a linter',
    '# pint ignore/files',
    '# pints disable x',
    '# a pint disable x',
    'pint disable x',
  ])('are not seen in prose: %s', (text) => {
    expect(read(`# pint disable promql/rate\n${text}`)).toMatchObject({ comments: [{}], problems: [] })
  })

  it.each([
    ['a\n# pint ignore/file\nb\nc', [2, 3, 4]],
    ['a # pint ignore/line\nb', [1]],
    ['# pint ignore/next-line\nb\nc', [2]],
    ['a\n# pint ignore/begin\nb\n# pint ignore/end\nc', [2, 3]],
    ['a\n# pint ignore/begin\nb\nc', [2, 3, 4]],
    ['# pint ignore/begin\nb # pint ignore/line\nc\n# pint ignore/end', [1, 2, 3]],
  ])('hide lines: %j', (text, lines) => {
    expect([...read(text).ignoredBy.keys()]).toEqual(lines)
  })

  it('are read in time from long lines without one', () => {
    const text = `# pint disable${' '.repeat(200_000)}x\n${'# '.repeat(100_000)}`
    const start = performance.now()
    read(text)
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})
