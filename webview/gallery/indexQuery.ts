/** Parses the index field: "1234" goes to an image, "10-20, 55" shows some. */
import * as l10n from '@vscode/l10n';

export type IndexQuery =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly index: number }
  /** Ascending, each once. */
  | { readonly kind: 'some'; readonly indices: readonly number[] }
  | { readonly kind: 'wrong'; readonly problem: string };

/** @param count the number of images in the set, whose indices start at 0 */
export function parseIndexQuery(text: string, count: number): IndexQuery {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const ranges: [from: number, to: number][] = [];
  for (const part of joinDashes(parts)) {
    const found = /^(\d+)(?:[-–](\d+))?$/.exec(part);
    if (found === null)
      return { kind: 'wrong', problem: l10n.t('“{0}” is no index; such as 1234, or 10-20, 55', part) };
    const from = Number(found[1]);
    const to = Number(found[2] ?? found[1]);
    if (to < from)
      return { kind: 'wrong', problem: l10n.t('{0} runs backwards: did you mean {1}-{2}?', part, to, from) };
    if (to >= count)
      return { kind: 'wrong', problem: l10n.t('There is no image {0}: they go from 0 to {1}', to, count - 1) };
    ranges.push([from, to]);
  }
  const [first] = ranges;
  if (first === undefined) return { kind: 'none' };
  if (ranges.length === 1 && first[0] === first[1]) return { kind: 'one', index: first[0] };
  return { kind: 'some', indices: expand(ranges) };
}

/** "10 - 20" is "10-20". */
function joinDashes(parts: readonly string[]): string[] {
  return parts
    .join(' ')
    .replace(/\s*[-–]\s*/g, '-')
    .split(' ')
    .filter((part) => part !== '');
}

function expand(ranges: readonly [number, number][]): number[] {
  const indices = new Set<number>();
  for (const [from, to] of ranges) for (let index = from; index <= to; index++) indices.add(index);
  return [...indices].sort((a, b) => a - b);
}
