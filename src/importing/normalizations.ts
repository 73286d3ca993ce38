/** How files say that their inputs were normalised, and whether they agree. */
import { basename } from 'node:path';
import type { Normalization } from '../study';
import { normalizationIn } from '../weights/facts';
import type { InspectedFile } from './inspectFile';

const MOST_NAMED = 3;

type Rgbs = { readonly [Each in keyof Normalization]: Readonly<Normalization[Each]> };

export interface Normalizations {
  /** What all of them say. */
  readonly normalization: Normalization | undefined;
  /** A sentence where they do not agree. */
  readonly differences: readonly string[];
}

export function normalizationsOf(files: readonly Pick<InspectedFile, 'path' | 'metadata'>[]): Normalizations {
  const byText = new Map<string, { said: Normalization | undefined; names: string[] }>();
  for (const { path, metadata } of files) {
    const said = normalizationIn(metadata);
    const text = said === undefined ? 'nothing' : normalizationText(said);
    const known = byText.get(text) ?? { said, names: [] };
    byText.set(text, { said, names: [...known.names, basename(path)] });
  }
  const [first, ...others] = byText.values();
  if (others.length === 0) return { normalization: first?.said, differences: [] };
  const each = [...byText].map(
    ([text, { names }]) => `${namesText(names)} ${names.length === 1 ? 'says' : 'say'} ${text}`,
  );
  return {
    normalization: undefined,
    differences: [`The files differ in how inputs are normalised: ${each.join('; ')}.`],
  };
}

/** "mean 0.5,0.5,0.5 and std 0.25,0.25,0.25" */
export function normalizationText({ mean, std }: Rgbs): string {
  return `mean ${mean.join()} and std ${std.join()}`;
}

/** A sentence where an option or a study says another normalisation than the files, undefined where it does not. */
export function contradictionText(files: Normalization | undefined, used: Rgbs): string | undefined {
  if (files === undefined || (isAlike(files.mean, used.mean) && isAlike(files.std, used.std))) return undefined;
  return `The file says ${normalizationText(files)}, and ${normalizationText(used)} are taken, as was asked for.`;
}

/** To the figures that people write down of the same numbers. */
const ALIKE = 0.002;

function isAlike(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, channel) => Math.abs(value - (b[channel] ?? NaN)) < ALIKE);
}

function namesText(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more` : names.join(', ');
}
