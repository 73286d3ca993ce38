/** The value of a heatmap at a position of the layer. */
import * as l10n from '@vscode/l10n';
import type { Position } from '../common/gridKeys';
import { decimal } from '../common/text';
import type { ShownHeat } from './compared';

export interface RawValue extends Position {
  /** Of the map. */
  readonly height: number;
  readonly width: number;
  /** "row 2 of 8, column 3 of 8" */
  readonly position: string;
  /** To six digits. */
  readonly value: string;
  /** Of the map's maximum, or of a signed map's largest absolute value, as "12.5 %". */
  readonly share: string;
}

/** Undefined where there is no such position: another layer may have fewer. */
export function rawValue(shown: ShownHeat | undefined, at: Position | undefined): RawValue | undefined {
  if (shown === undefined || at === undefined) return undefined;
  const { height, width, values } = shown.map;
  const { row, column } = at;
  if (row >= height || column >= width) return undefined;
  const raw = values[row * width + column] ?? 0;
  const { maximum } = shown.range;
  return {
    row,
    column,
    height,
    width,
    position: l10n.t('row {0} of {1}, column {2} of {3}', row + 1, height, column + 1, width),
    value: decimal(String(Number(raw.toPrecision(6)))),
    share: maximum > 0 ? decimal(`${((100 * raw) / maximum).toFixed(1)} %`) : '–',
  };
}
