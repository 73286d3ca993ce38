/** Heatmaps in words: where the heat lies. */
import * as l10n from '@vscode/l10n';
import { isFlat, sharedScale, type FloatMap } from '../../src/imaging/heatmap';
import { resample } from '../../src/imaging/resample';
import type { RangedMap } from '../common/heat/paint';

/** Where most of a map's heat lies: in one of nine parts, in several, or everywhere. */
export type HeatPlace =
  | { readonly kind: 'flat' }
  | { readonly kind: 'everywhere' }
  /** The centre of mass, or the hottest of several places, in shares of width and height from the left and the top. */
  | { readonly kind: 'one' | 'several'; readonly x: number; readonly y: number };

/** Half of the heat on more of the positions than this lies everywhere: on an even map it takes half of them. */
const EVERYWHERE = 0.38;
/** Around a centre of mass, within this distance in shares of the sides, lies the heat of a single place. */
const NEAR = 0.3;
/** The share of the heat that must lie there. */
const MOST_HEAT = 0.5;

export function heatPlace(map: FloatMap): HeatPlace {
  const range = sharedScale([map]);
  if (isFlat(range)) return { kind: 'flat' };
  const heat = Array.from(map.values, (value) => value - range.minimum);
  const total = heat.reduce((sum, value) => sum + value, 0);
  if (positionsOfHalf(heat, total) > EVERYWHERE * heat.length) return { kind: 'everywhere' };
  const at = (i: number) => ({
    x: ((i % map.width) + 0.5) / map.width,
    y: (Math.floor(i / map.width) + 0.5) / map.height,
  });
  const centre = { x: 0, y: 0 };
  heat.forEach((value, i) => {
    const { x, y } = at(i);
    centre.x += (value * x) / total;
    centre.y += (value * y) / total;
  });
  const near = heat.reduce((sum, value, i) => {
    const { x, y } = at(i);
    return Math.hypot(x - centre.x, y - centre.y) <= NEAR ? sum + value : sum;
  }, 0);
  if (near >= MOST_HEAT * total) return { kind: 'one', ...centre };
  return { kind: 'several', ...at(heat.indexOf(Math.max(...heat))) };
}

/** How many of the hottest positions have half of the heat. */
function positionsOfHalf(heat: readonly number[], total: number): number {
  let sum = 0;
  let count = 0;
  for (const value of [...heat].sort((a, b) => b - a)) {
    if (sum >= total / 2) break;
    sum += value;
    count++;
  }
  return count;
}

const known = new WeakMap<object, string>();

/** "Most heat lies in the upper left, around 20 % from the left and 25 % from the top." */
export function heatInWords({ map, signed }: Pick<RangedMap, 'map' | 'signed'>): string {
  const already = known.get(map);
  if (already !== undefined) return already;
  const coarse = coarsened(map);
  const words = signed ? signedWords(coarse) : wordsOf(heatPlace(coarse));
  known.set(map, words);
  return words;
}

/** Positions a side, at most: what is said needs no more. */
const MOST = 32;

function coarsened(map: FloatMap): FloatMap {
  const [height, width] = [Math.min(map.height, MOST), Math.min(map.width, MOST)];
  if (height === map.height && width === map.width) return map;
  return { height, width, values: resample({ ...map, channels: 1 }, height, width) };
}

function signedWords(map: FloatMap): string {
  if (isFlat(sharedScale([map]))) return wordsOf({ kind: 'flat' });
  const positive = { ...map, values: Float32Array.from(map.values, (value) => Math.max(value, 0)) };
  if (isFlat(sharedScale([positive]))) return l10n.t('None of its values is positive.');
  return l10n.t('Of its positive values: {0}', wordsOf(heatPlace(positive)));
}

function wordsOf(place: HeatPlace): string {
  if (place.kind === 'flat') return l10n.t('It is flat: the same everywhere.');
  if (place.kind === 'everywhere') return l10n.t('Its heat is spread over the whole picture.');
  const part = partOf(place.x, place.y);
  if (place.kind === 'several') return severalTexts()[part];
  const [across, down] = [place.x, place.y].map((share) => Math.round(100 * share));
  const centre = l10n.t('Its centre of mass is at {0} % from the left and {1} % from the top.', across ?? 0, down ?? 0);
  return `${oneTexts()[part]} ${centre}`;
}

const COLUMNS = ['left', 'middle', 'right'] as const;
const ROWS = ['upper', 'middle', 'lower'] as const;
type Part = `${(typeof ROWS)[number]} ${(typeof COLUMNS)[number]}`;

/** The middle part is a little wider than a third: few people call what lies at 36 % left. */
function partOf(x: number, y: number): Part {
  const third = (share: number): 0 | 1 | 2 => (share < 0.36 ? 0 : share > 0.64 ? 2 : 1);
  return `${ROWS[third(y)]} ${COLUMNS[third(x)]}`;
}

function oneTexts(): Readonly<Record<Part, string>> {
  return {
    'upper left': l10n.t('Most of its heat lies in the upper left.'),
    'upper middle': l10n.t('Most of its heat lies at the top.'),
    'upper right': l10n.t('Most of its heat lies in the upper right.'),
    'middle left': l10n.t('Most of its heat lies on the left.'),
    'middle middle': l10n.t('Most of its heat lies in the middle.'),
    'middle right': l10n.t('Most of its heat lies on the right.'),
    'lower left': l10n.t('Most of its heat lies in the lower left.'),
    'lower middle': l10n.t('Most of its heat lies at the bottom.'),
    'lower right': l10n.t('Most of its heat lies in the lower right.'),
  };
}

function severalTexts(): Readonly<Record<Part, string>> {
  return {
    'upper left': l10n.t('Its heat lies in several places, the hottest in the upper left.'),
    'upper middle': l10n.t('Its heat lies in several places, the hottest at the top.'),
    'upper right': l10n.t('Its heat lies in several places, the hottest in the upper right.'),
    'middle left': l10n.t('Its heat lies in several places, the hottest on the left.'),
    'middle middle': l10n.t('Its heat lies in several places, the hottest in the middle.'),
    'middle right': l10n.t('Its heat lies in several places, the hottest on the right.'),
    'lower left': l10n.t('Its heat lies in several places, the hottest in the lower left.'),
    'lower middle': l10n.t('Its heat lies in several places, the hottest at the bottom.'),
    'lower right': l10n.t('Its heat lies in several places, the hottest in the lower right.'),
  };
}
