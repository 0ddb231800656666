/** What keeps the program from running and somebody at the keyboard can mend: one line that says what to do. */
export class Problem extends Error {
  override readonly name = 'Problem'
}
