/** An argument as it is typed into a POSIX shell: in quotes where it holds more than letters, digits and `_@%+=:,./-`. */
export function shellWord(argument: string): string {
  return /^[\p{L}\p{M}\p{N}_@%+=:,./-]+$/u.test(argument)
    ? argument
    : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
