/** What is used of jstat, which comes without types. */
declare module 'jstat' {
  const jstat: {
    jStat: {
      /** The complementary error function, to the precision of a double. */
      erfc(x: number): number
    }
  }
  export default jstat
}
