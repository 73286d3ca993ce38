/** Older exporters fold batch norms into convolutions and leave no trace of their modules: where they stood by custom. */

/** @param names of the convolution's output, innermost first */
export function foldedNormOf(names: readonly string[], modules: readonly string[]): string | undefined {
  const [own] = names;
  if (own === undefined || own !== modules.at(-1)) return undefined;
  const parts = own.split('.');
  const last = parts.pop() as string;
  const beside = (name: string) => [...parts, name].join('.');
  if (/^\d+$/.test(last)) return beside(String(Number(last) + 1));
  const numbered = /^conv(\d*)$/.exec(last);
  return numbered ? beside(`bn${numbered[1] ?? ''}`) : undefined;
}
