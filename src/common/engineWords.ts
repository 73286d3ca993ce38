/**
 * What a person calls the engines. Files and JSON name them by what computes (`tensorflow`, `wasm`), and so does
 * everything that was written by earlier versions.
 */
const WORDS: Readonly<Record<string, string>> = {
  tensorflow: 'native',
  wasm: 'embedded',
};

/** `native` for `tensorflow`, `embedded` for `wasm`; any other name as it is. */
export function engineWord(name: string): string {
  return WORDS[name] ?? name;
}

/** The name in files of the engine that a person's word means; both spellings are accepted, and others kept. */
export function engineNameOf(word: string): string {
  return Object.keys(WORDS).find((name) => WORDS[name] === word) ?? word;
}
