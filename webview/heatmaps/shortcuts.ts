/** Keys that work anywhere on the panel, other than in a text field. */
import { COLOUR_MAP_NAMES } from '../../src/imaging/colourMaps';
import { CELL_SIZES, SCALES, type Settings } from './settings';

/** What a key changes. Undefined where it is no shortcut. */
export function settingsByKey(key: string, settings: Settings, classes: number): Partial<Settings> | undefined {
  const { opacity, cellSize, colourMap, scale, smooth } = settings;
  if (/^\d$/.test(key)) return Number(key) < classes ? { target: Number(key) } : undefined;
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
    case 'p':
      return { target: 'predicted' };
    case 'l':
      return { target: 'label' };
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
