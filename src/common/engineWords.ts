/**
 * The engines, each with the word that a person calls it by. Files, `--json` and everything that earlier versions wrote
 * name an engine by its key here, which therefore never changes.
 */
export const ENGINE_WORDS = {
  tensorflow: 'native',
  wasm: 'embedded',
} as const;
export type EngineName = keyof typeof ENGINE_WORDS;
export const ENGINE_NAMES = Object.keys(ENGINE_WORDS) as readonly EngineName[];

const WORDS: Readonly<Record<string, string>> = ENGINE_WORDS;

/** `native` for `tensorflow`, `embedded` for `wasm`; the name itself for one of a later version, or for `auto`. */
export function engineWord(name: string): string {
  return WORDS[name] ?? name;
}

/** The name of the engine that a person's word means; a name is returned as it is, and so is any other word. */
export function engineNameOf(word: string): string {
  return ENGINE_NAMES.find((name) => WORDS[name] === word) ?? word;
}
