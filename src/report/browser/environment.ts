/** The variables of the process environment that choosing a browser depends on. */
export type Environment = Readonly<Record<string, string | undefined>>
