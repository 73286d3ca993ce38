/** Colour maps: from a value in [0, 1] to a colour. */
import { COLOUR_TABLES } from './colourTables';

export const COLOUR_MAP_NAMES = ['viridis', 'inferno', 'turbo', 'jet', 'grey'] as const;
export type ColourMapName = (typeof COLOUR_MAP_NAMES)[number];

/**
 * The colours of a heatmap: a colour map that the person chooses, or 'signed', from the most negative value (blue) over
 * nought (near white) to the most positive (red).
 */
export type HeatColours = ColourMapName | 'signed';

const ENTRIES = 256;
const tables = new Map<HeatColours, Uint8Array>();

/** The map's 256 colours from low to high, RGB, [256, 3]. Shared: not to be written to. */
export function colourTable(name: HeatColours): Uint8Array {
  let table = tables.get(name);
  if (table === undefined) tables.set(name, (table = makeTable(name)));
  return table;
}

/** The colours of values in [0, 1], RGB, [values, 3]. Values outside are clamped; NaN takes the lowest colour. */
export function colourise(values: ArrayLike<number>, name: HeatColours): Uint8Array {
  const table = colourTable(name);
  const pixels = new Uint8Array(values.length * 3);
  for (let i = 0; i < values.length; i++) {
    const at = 3 * entryOf(values[i] as number);
    pixels[3 * i] = table[at] as number;
    pixels[3 * i + 1] = table[at + 1] as number;
    pixels[3 * i + 2] = table[at + 2] as number;
  }
  return pixels;
}

/** As matplotlib does it: 256 equal parts of [0, 1], of which the last takes 1. */
function entryOf(value: number): number {
  return value > 0 ? Math.min(Math.floor(value * ENTRIES), ENTRIES - 1) : 0;
}

function makeTable(name: HeatColours): Uint8Array {
  switch (name) {
    case 'signed':
      return tableOf((t) => [0, 8, 16].map((shift) => interpolate(channelPoints(16 - shift), t)));
    case 'jet':
      return tableOf((t) => JET.map((points) => interpolate(points, t)));
    case 'grey':
      return tableOf((t) => [t, t, t]);
    default:
      return Uint8Array.from(atob(COLOUR_TABLES[name]), (byte) => byte.charCodeAt(0));
  }
}

function tableOf(colour: (t: number) => readonly number[]): Uint8Array {
  const channels = Array.from({ length: ENTRIES }, (_, i) => colour(i / (ENTRIES - 1)));
  return Uint8Array.from(channels.flat(), (value) => Math.round(value * 255));
}

type Points = readonly (readonly [at: number, value: number])[];

/** matplotlib's jet: red, green and blue, each linear between these points. */
const JET: readonly Points[] = [
  [[0, 0], [0.35, 0], [0.66, 1], [0.89, 1], [1, 0.5]], // prettier-ignore
  [[0, 0], [0.125, 0], [0.375, 1], [0.64, 1], [0.91, 0], [1, 0]], // prettier-ignore
  [[0, 0.5], [0.11, 1], [0.34, 1], [0.65, 0], [1, 0]], // prettier-ignore
];

function interpolate(points: Points, t: number): number {
  const next = points.findIndex(([at]) => at >= t);
  const [rightAt, right] = points[next] as readonly [number, number];
  const [leftAt, left] = points[Math.max(next - 1, 0)] as readonly [number, number];
  return rightAt === leftAt ? right : left + ((t - leftAt) / (rightAt - leftAt)) * (right - left);
}

/**
 * How much of a signed map's colour lies over the picture, 0 … 1: none where the value is nought, so that the picture
 * shows, and all of it at the ends of the scale.
 * @param value in [0, 1], of which ½ is nought
 */
export function signedOpacity(value: number): number {
  return Math.min(1, 2.5 * Math.abs(value - 0.5));
}

/** Of the signed colours: the eleven of ColorBrewer's RdBu, linear between, as matplotlib's RdBu_r. */
const RDBU = [
  0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b, 0x67001f,
];

function channelPoints(shift: number): Points {
  return RDBU.map((colour, place) => [place / (RDBU.length - 1), ((colour >> shift) & 0xff) / 255]);
}
