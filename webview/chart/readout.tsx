/** The values of one epoch, or of another place on a chart's axis, in one place beside the charts instead of over their curves. */
import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import type { SeriesStyle } from './palette';
import { Swatch } from './swatch';

export interface ReadoutRow {
  readonly name: string;
  /** Of the row's curve, if it has one. */
  readonly style?: SeriesStyle | undefined;
  readonly cells: readonly ComponentChildren[];
}

export interface ReadoutProperties {
  /** The epoch, undefined where none can be read out. */
  readonly epoch: number | undefined;
  /** What is read out, where that is no epoch: "20 % of the pixels". */
  readonly head?: string | undefined;
  /** What the columns of the cells are. */
  readonly heads: readonly string[];
  readonly rows: readonly ReadoutRow[];
}

/** Screen readers are told of it when it changes. */
export function Readout({ epoch, head, heads, rows }: ReadoutProperties) {
  if (epoch === undefined || rows.length === 0) return null;
  return (
    <div class="values" role="status" aria-live="polite">
      <table>
        <thead>
          <tr>
            <th scope="col">{head ?? l10n.t('Epoch {0}', epoch)}</th>
            {heads.map((each) => (
              <th key={each} scope="col">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, style, cells }, place) => (
            <tr key={place}>
              <th scope="row">
                {style !== undefined && <Swatch {...style} />} {name}
              </th>
              {cells.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
