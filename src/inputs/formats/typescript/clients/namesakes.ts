/** Clients of several libraries in one function bear one name, unless they are assigned. */
export class Namesakes {
  readonly #libraries = new Map<string, string>()

  /** What is said of one library's client must not stand for that of another: all but the first library's are named apart. */
  apart(symbol: string, library: string): string {
    const first = this.#libraries.get(symbol) ?? library
    this.#libraries.set(symbol, first)
    return first === library ? symbol : `${symbol} (${library})`
  }
}
