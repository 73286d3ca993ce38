/**
 * Work that reads what is there now: while it is done, being asked again means once more behind it, however often.
 * @returns the function that asks; its promise resolves when the work has been done with what was there at the call
 */
export function oneAfterAnother(work: () => Promise<void>): () => Promise<void> {
  let now: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    next = undefined;
    now = work().finally(() => (now = undefined));
    return now;
  };
  return () => (now === undefined ? begin() : (next ??= now.then(begin, begin)));
}
