/** Functions given to a library that tries them again. */
import { functionOf } from '../../survey/practice.js'
import type { Retry } from './hand-written-retries.js'
import { findOption } from '../../values/options.js'
import type { WrapperSeen } from '../../survey/shapes.js'
import type { Survey } from '../../survey/survey.js'
import { bare, enclosingFunction, isFunction, some, ts, type TS } from '../../syntax/syntax.js'

export function wrappedRetries(survey: Survey): Retry[] {
  return survey.wrappers.flatMap((seen) => {
    const again = seen.wrapper.triesAgain
    if (!again) return []
    return givenTo(seen, survey).flatMap(({ place, given }) => {
      const wrapped = functionOf(survey, given)
      if (!wrapped?.body) return []
      const asked = again.asks.map((option) => findOption(optionsOf(seen), option, survey.resolver))
      return [
        {
          how: 'library' as const,
          place,
          decision: place,
          work: [wrapped.body],
          conditions: asked.flatMap((found) =>
            found.state === 'found' ? [bodyOf(found.value, survey)] : [],
          ),
          until: null,
          chosen: choosesElsewhere(wrapped, seen)
            ? ('elsewhere' as const)
            : asked.some(({ state }) => state === 'open')
              ? ('hidden' as const)
              : null,
          owner: enclosingFunction(place),
        },
      ]
    })
  })
}

/** What the wrapper gets itself, or what its policy executes. */
function givenTo(
  { wrapper, made }: WrapperSeen,
  survey: Survey,
): { place: TS.CallExpression; given: TS.Expression | undefined }[] {
  if (wrapper.wraps !== undefined && ts.isCallExpression(made))
    return [{ place: made, given: made.arguments[wrapper.wraps] }]
  return wrapper.execute.flatMap((method) =>
    survey.callsNamed(method).flatMap((place) => {
      const callee = bare(place.expression)
      const policy = ts.isPropertyAccessExpression(callee) ? survey.resolver.resolve(callee.expression) : null
      return policy?.kind === 'value' && policy.node === made ? [{ place, given: place.arguments[0] }] : []
    }),
  )
}

function optionsOf({ wrapper, made }: WrapperSeen): (TS.Expression | undefined)[] {
  return wrapper.options.map((index) => made.arguments?.[index])
}

function bodyOf(value: TS.Expression | TS.MethodDeclaration, survey: Survey): TS.Node {
  return isFunction(value) ? value : (functionOf(survey, value) ?? value)
}

/** The function ends its own retries by an error or a call made for it, or a policy picks the failures. */
function choosesElsewhere(wrapped: TS.FunctionLikeDeclaration, { wrapper, made }: WrapperSeen): boolean {
  const { endsBy, bails, policy } = wrapper.triesAgain!
  const picked = policy && made.arguments?.[policy.argument]
  if (picked && !policy.all.includes(bare(picked).getText().split('.').at(-1)!)) return true
  const bail = bails ? wrapped.parameters[0]?.name.getText() : undefined
  return some(
    wrapped.body!,
    (node) =>
      (ts.isNewExpression(node) && endsBy.includes(node.expression.getText().split('.').at(-1)!)) ||
      (bail !== undefined && ts.isCallExpression(node) && node.expression.getText() === bail),
  )
}
