/** Keys that change the appearance of heatmaps. */
import { COLOUR_MAP_NAMES } from '../../../src/imaging/colourMaps';
import { CELL_SIZES, SCALES, type Appearance } from './appearance';

/** The change that a key makes; undefined for any other key. */
export function appearanceByKey(
  key: string,
  { opacity, cellSize, colourMap, scale, smooth }: Appearance,
): Partial<Appearance> | undefined {
  switch (key.toLowerCase()) {
    case '[':
      return { opacity: clamp(opacity - 0.05, 0, 1) };
    case ']':
      return { opacity: clamp(opacity + 0.05, 0, 1) };
    case '-':
      return { cellSize: clamp(cellSize - 2 * CELL_SIZES.step, CELL_SIZES.min, CELL_SIZES.max) };
    case '+':
    case '=':
      return { cellSize: clamp(cellSize + 2 * CELL_SIZES.step, CELL_SIZES.min, CELL_SIZES.max) };
    case 'm':
      return { colourMap: after(COLOUR_MAP_NAMES, colourMap) };
    case 's':
      return { scale: after(SCALES, scale) };
    case 'g':
      return { smooth: !smooth };
    default:
      return undefined;
  }
}

function clamp(value: number, min: number, max: number): number {
  return Math.round(100 * Math.min(Math.max(value, min), max)) / 100;
}

function after<Value>(values: readonly Value[], value: Value): Value {
  return values[(values.indexOf(value) + 1) % values.length] as Value;
}
