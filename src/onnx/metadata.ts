/** What a file says of itself in `metadata_props`. */
import type { Model } from './proto/messages';

export interface Described {
  readonly inputSize?: number | undefined;
  readonly normalization?: { readonly mean: readonly number[]; readonly std: readonly number[] } | undefined;
  readonly classNames?: readonly string[] | undefined;
}

export function describedBy({ metadata }: Model): Described {
  const size = numbersIn(metadata['input_size'] ?? metadata['inputSize'] ?? metadata['imgsz']);
  const [mean, std] = [numbersIn(metadata['mean']), numbersIn(metadata['std'])];
  const isNormalization = mean.length === 3 && std.length === 3 && std.every((each) => each > 0);
  return {
    inputSize: size.at(-1),
    normalization: isNormalization ? { mean, std } : undefined,
    classNames: textsIn(metadata['classes'] ?? metadata['class_names'] ?? metadata['classNames'] ?? metadata['names']),
  };
}

/** "[3, 224, 224]", "(0.485, 0.456, 0.406)", "0.5". */
function numbersIn(text: string | undefined): number[] {
  const found = text?.match(/-?\d+(?:\.\d+)?(?:e-?\d+)?/gi) ?? [];
  return found.map(Number);
}

/** A JSON list of texts, or such by index as Ultralytics writes them: {0: 'cat', 1: 'dog'}. */
function textsIn(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((each) => typeof each === 'string') ? parsed : undefined;
  } catch {
    const entries = [...text.matchAll(/\d+\s*:\s*(?:'([^']*)'|"([^"]*)")/g)];
    return entries.length === 0 ? undefined : entries.map(([, single, double]) => single ?? double ?? '');
  }
}
