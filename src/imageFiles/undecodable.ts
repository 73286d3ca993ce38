/** A picture that cannot be decoded: the message says what was found. */
export class Undecodable extends Error {
  /** @param cause what a library threw, whose words are for programmers */
  constructor(found: string, cause?: unknown) {
    super(found, { cause });
  }
}
