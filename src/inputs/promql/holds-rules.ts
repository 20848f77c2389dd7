/** Tells a rule file by its text. */

const GROUPS = /^[ \t]{0,4}(?:\{[ \t]*)?['"]?groups['"]?\s*:/m
/** At the start of a line, or behind the brace of a list in one line. */
const RULE = /(?:^[ \t]*(?:-[ \t]+)?|[{,][ \t]*)['"]?(alert|record)['"]?\s*:/m

export function holdsRules(text: string): boolean {
  return GROUPS.test(text) && RULE.test(text)
}
