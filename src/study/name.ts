/** A study's name: its folder under .epochlens/runs on any file system, in the letters of any script. */

/** UTF-16 units. */
export const LONGEST_NAME = 100;
/** UTF-8 bytes: what file systems allow in the name of a folder. */
const MOST_BYTES = 255;

/** Letters, marks and digits that can be seen; `\p{DI}` are marks and fillers that cannot. */
const LETTER = String.raw`(?!\p{DI})[\p{L}\p{M}\p{N}._-]`;
/** Names of devices on Windows, with any ending. */
const DEVICE = String.raw`(?:[cC][oO][nN]|[pP][rR][nN]|[aA][uU][xX]|[nN][uU][lL]|[cC][oO][mM]\d|[lL][pP][tT]\d)(?:\.|$)`;

/** No flag but `u`, as a JSON schema has none. A dot at the end is lost on Windows. */
export const NAME_PATTERN = new RegExp(String.raw`^(?!${DEVICE})(?!.*\.$)(?:${LETTER})+$`, 'u');

/** What earlier versions took, and runs of theirs still hold. */
const EARLIER_PATTERN = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;

/** To be read after "expected". */
export const NAME_RULE =
  'letters, digits, ".", "_" and "-", at most 100 (255 bytes of UTF-8), no dot at the end, and no name of a device such as "con"';

export function isStudyName(name: string): boolean {
  return name.length <= LONGEST_NAME && fitsFolderName(name) && NAME_PATTERN.test(name);
}

/** Whether it is short enough for the name of a folder, where a file system counts bytes. */
export function fitsFolderName(name: string): boolean {
  return bytesOf(name) <= MOST_BYTES;
}

/** A name that a run may have been given, by this version or an earlier one. */
export function isKeptName(name: string): boolean {
  return isStudyName(name) || EARLIER_PATTERN.test(name);
}

/** The UTF-8 bytes of a name in the form that it is written in. */
export function bytesOf(name: string): number {
  return Buffer.byteLength(name.normalize('NFC'));
}
