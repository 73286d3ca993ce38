/** The numbers in a file's name that may be an epoch, each with the word before it. */

export interface NameNumber {
  /** In lower case: `epoch` of `epoch-03`, `ckpt` of `ckpt10`; empty where another number comes before it. */
  readonly label: string;
  readonly value: number;
}

/** What looks like numbers and counts nothing: it is taken out first, the longest kinds before their parts. */
const NO_COUNTS: readonly RegExp[] = [
  // 2024-01-31, with a time of day or without one.
  /(?<!\d)(19|20)\d\d([-_.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)([-_ .T@]+\d{1,2}[-_:.h]?\d\d([-_:.m]?\d\d)?s?(?!\d))?/gi,
  // 20240131-235959
  /(?<!\d)(19|20)\d{6}(?!\d)([-_ .T@]?\d{4}(\d\d)?(?!\d))?/gi,
  // Jan31_10-22-33, and a time of day: 10:22
  /(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_ ]?\d{1,2}(?!\d)([-_ ]\d\d[-_:]\d\d([-_:]\d\d)?(?!\d))?/gi,
  /(?<!\d)\d{1,2}:\d\d(:\d\d)?(?!\d)/g,
  // 0.9164, 1e-3, 5.0e-4
  /(?<![\d.])\d+(\.\d+)?e[-+]\d+(?![\d.])/gi,
  /\d*(?<=\d)\.\d+/g,
  // Of a random name or a digest: 12fca82f.
  /(?<![a-z\d])(?=[a-f]*\d)(?=\d*[a-f])(?!e\d+(?![a-z\d]))[\da-f]{6,}(?![a-z\d])/gi,
  // Too long for an epoch: a step of many, or a digest's figures.
  /(?<!\d)\d{6,}(?!\d)/g,
];

/** Stands where something was that counts nothing. No name has it. */
const GAP = '\u0000';

export function numbersIn(stem: string): NameNumber[] {
  // Behind a network's name a dot is none of a decimal number: resnet20.10.
  const apart = stem.replace(/(net[a-z]{0,20}\d{1,4})\.(?=\d{1,5}$)/i, '$1_');
  const rest = NO_COUNTS.reduce((text, pattern) => text.replace(pattern, GAP), apart);
  const numbers: NameNumber[] = [];
  for (const match of rest.matchAll(/([a-z]*)[-_=.: ]*(\d{1,5})(?!\d)/gi)) {
    numbers.push({ label: (match[1] ?? '').toLowerCase(), value: Number(match[2]) });
  }
  return numbers;
}
