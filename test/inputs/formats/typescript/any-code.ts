/** Systems of three modules that import each other, of few names, so that what they mean goes in circles. */
import fc from 'fast-check'

const NAMES = ['a', 'b', 'c', 'd']
const MEMBERS = ['x', 'timeout', 'get', 'then', 'post', 'on', 'query', 'default']
const FILES = ['a.ts', 'b.ts', 'c.ts']
const MODULES = ['axios', 'pg', 'ioredis', 'express', 'p-retry', 'bullmq', 'knex', 'got', './a', './b', './c']

const pick = (texts: string[]): fc.Arbitrary<string> => fc.constantFrom(...texts)
const name = pick(NAMES)
const member = pick(MEMBERS)

/** Puts what was drawn between the pieces of a text. */
function written(pieces: TemplateStringsArray, ...holes: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc
    .tuple(...holes)
    .map((drawn) => pieces.map((piece, at) => piece + ((drawn as string[])[at] ?? '')).join(''))
}

const { block } = fc.letrec<{ value: string; list: string; statement: string; block: string }>((tie) => {
  const value = tie('value')
  const list = tie('list')
  const statement = tie('statement')
  const block = tie('block')
  return {
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      name,
      pick(['1', 'null', 'this', '"http://stock/x"', 'fetch', 'process.env.A', 'Date.now()', 'undefined']),
      written`${value}.${member}`,
      written`${value}(${list})`,
      written`${value}.${member}(${list})`,
      written`new ${name}(${list})`,
      written`await ${value}`,
      written`{ ...${value}, ${member}: ${value} }`.map((text) => `(${text})`),
      written`{ ${member}: ${value}, ${name} }`.map((text) => `(${text})`),
      written`[...${value}, ${value}]`,
      written`(${value} ?? ${value})`,
      written`(${value} ? ${value} : ${value})`,
      written`(${name} = ${value})`,
      written`(async (${name}) => ${value})`,
      written`(({ ${member}: ${name} = ${value} }) => { ${block} })`,
      written`(class extends ${name} { ${member} = ${value}; constructor(${name}) { super(${name}); ${block} } })`,
      written`Promise.all(${value}.map(${value}))`,
      written`Promise.race([${value}, ${value}])`,
      written`setTimeout(${value}, ${value})`,
      written`${value}.then(${value}).catch(${value})`,
      written`new Promise((${name}) => setTimeout(${name}, ${value}))`,
      written`[...${value}].map(async (${name}) => ${value})`,
      written`axios.create({ timeout: ${value}, ...${value} })`,
      written`fetch(${value}, { signal: ${value}, ...${value} })`,
      written`${name}[${value}]`,
      written`\`\${${value}}/\${${value}}\``,
      written`(${value} || ${value} * ${value})`,
      written`${name}.transaction(async (${name}) => { ${block} })`,
    ),
    list: fc.oneof(
      { depthSize: 'small' },
      fc.constant(''),
      value,
      written`${value}, ${value}`,
      written`...${value}`,
    ),
    statement: fc.oneof(
      { depthSize: 'small' },
      written`${value};`,
      written`var ${name} = ${value};`,
      written`var { ${member}: ${name} = ${value} } = ${value};`,
      written`this.${member} = ${value};`,
      written`${name}.${member} = ${value};`,
      written`return ${value};`,
      written`throw ${value};`,
      written`if (${value}) { ${block} } else { ${block} }`,
      written`for (const ${name} of ${value}) { ${block} }`,
      written`while (${value}) { ${block} }`,
      written`try { ${block} } catch (${name}) { ${block} }`,
      written`function ${name}(${name}, ...${pick(['e', 'f'])}) { ${block} }`,
      written`async function ${name}(${name} = ${value}) { ${block} }`,
      written`process.on('SIGTERM', ${value});`,
      written`for (let ${name} = 0; ${name} < ${value}; ${name}++) { try { ${block} break; } catch (${name}) { ${block} } }`,
      written`while (${value}) { try { ${block} return ${value}; } catch (${name}) { await ${value}; ${statement} } }`,
      written`setInterval(${value}, ${value});`,
      written`switch (${value}) { case ${value}: ${block} break; default: ${statement} }`,
      written`${name}.on(${pick(["'error'", "'message'", "'SIGINT'"])}, (${name}) => { ${block} });`,
      written`${name}.get('/health', (${name}, ${name}) => { ${block} });`,
      written`if (!${value}) { ${name} = ${value}; cache.set(${name}, ${value}); }`,
      written`await Promise.all(${value}.map((${name}) => ${value}));`,
    ),
    block: fc.array(statement, { maxLength: 3, depthIdentifier: 'block' }).map((lines) => lines.join(' ')),
  }
})

const head = fc
  .tuple(name, pick(MODULES), pick(['a', '{ b }', '{ default as c }', '* as d', '{ x as a }']))
  .map(([, module, what]) => `import ${what} from '${module}'`)
const top = fc.oneof(
  written`export const ${name} = ${block.map((text) => `(async () => { ${text} })`)}`,
  written`export function ${name}(${name}, ${name}) { ${block} }`,
  written`export class ${name} extends ${name} { ${member}(${name}) { ${block} } constructor(private readonly ${name}: ${name}) { super(${name}); ${block} } }`,
  written`export * from '${pick(MODULES)}'`,
  written`export { ${name} as ${name} } from '${pick(MODULES)}'`,
  written`export default ${name}`,
  block,
)

export const anySystem: fc.Arbitrary<Record<string, string>> = fc
  .tuple(
    ...FILES.map(() =>
      fc.tuple(fc.array(head, { maxLength: 3 }), fc.array(top, { minLength: 1, maxLength: 5 })),
    ),
  )
  .map((files) =>
    Object.fromEntries(
      files.map(([heads, tops], at) => [FILES[at]!, [...heads, ...tops, "fetch('http://stock')"].join('\n')]),
    ),
  )
