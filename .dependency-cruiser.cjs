// The import-direction law: facts <- knowledge <- recovery <- inputs, system <- rules <- statistics <- claims, score <- report <- commands.
const stages = [
  'facts',
  'knowledge',
  'recovery',
  'inputs',
  'system',
  'rules',
  'statistics',
  'claims',
  'score',
  'report',
]

/** A stage may reach itself and the stages before it; nothing reaches the commands beside the folders. */
const directions = stages.map((stage, index) => ({
  name: `${stage}-looks-back-only`,
  comment: `src/${stage} may import ${stages.slice(0, index + 1).join(', ')} and nothing else of src.`,
  severity: 'error',
  from: { path: `^src/${stage}/` },
  to: { path: '^src/', pathNot: `^src/(${stages.slice(0, index + 1).join('|')})/` },
}))

/** The parts of the reader of code, each on top of those before it: from the parser to what one kind of practice is asked. */
const code = 'src/inputs/formats/typescript'
const parts = [
  'syntax',
  'modules',
  'values',
  'running',
  'survey',
  'effects',
  'clients',
  'messages',
  'failures',
  'retries',
  'fan-out',
  'caches',
  'transactions',
  'servers',
  'jobs',
  'states',
  'limits',
  'settings',
  'paths',
]
const partDirections = parts.map((part, index) => ({
  name: `code-${part}-looks-back-only`,
  comment: `${code}/${part} may import ${parts.slice(0, index + 1).join(', ')} and nothing else of the reader of code.`,
  severity: 'error',
  from: { path: `^${code}/${part}/` },
  to: { path: `^${code}(/|\\.ts)`, pathNot: `^${code}/(${parts.slice(0, index + 1).join('|')})/` },
}))

/** The folders of the two largest parts, in the same way on top of each other. */
const folders = {
  failures: ['reach', 'caught', 'answers', 'absence', 'unhandled', 'streams'],
  retries: [
    'conditions',
    'places',
    'repeated',
    'answers',
    'failures',
    'bounds',
    'idempotency',
    'delays',
    'restarts',
  ],
}
const folderDirections = Object.entries(folders).flatMap(([part, order]) =>
  order.map((folder, index) => ({
    name: `code-${part}-${folder}-looks-back-only`,
    comment: `${code}/${part}/${folder} may import ${order.slice(0, index + 1).join(', ')} and nothing else of ${part}.`,
    severity: 'error',
    from: { path: `^${code}/${part}/${folder}/` },
    to: { path: `^${code}/${part}/`, pathNot: `^${code}/${part}/(${order.slice(0, index + 1).join('|')})/` },
  })),
)

module.exports = {
  forbidden: [
    ...directions,
    ...partDirections,
    ...folderDirections,
    {
      name: 'nothing-downstream-knows-inputs',
      comment: 'Stages meet in facts: who joins, judges or prints does not know how a file was read.',
      severity: 'error',
      from: { path: '^src/(system|rules|statistics|claims|score|report)/' },
      to: { path: '^src/inputs/' },
    },
    {
      name: 'formats-do-not-know-each-other',
      comment:
        'A format is one file (and its own folder of parts): nothing else changes when it is added or removed.',
      severity: 'error',
      from: { path: '^src/(inputs|report)/formats/([^/]+?)(\\.ts|/)' },
      to: { path: '^src/$1/formats/', pathNot: '^src/$1/formats/$2(\\.ts|/)' },
    },
    {
      name: 'no-circular',
      comment: 'A circle has no beginning to read from.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
}
