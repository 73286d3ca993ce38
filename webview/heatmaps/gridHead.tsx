/** The grid's first row: the colours' legend, and the checkpoints with their accuracy over all test images. */
import { useComputed, type ReadonlySignal, type Signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { CheckpointInfo } from '../../src/protocol/panelView';
import { accuracyBelow, accuracySentence, checkpointTitle } from '../common/checkpointText';
import { accuracyText } from '../common/text';
import { ColourBar, type Look } from '../heat';
import { shownCell, type HeatmapsState, type ScaleOf } from './heatmapsState';
import type { CellPlace } from './settings';

export interface GridHeadProperties {
  readonly state: HeatmapsState;
  readonly look: Look;
  readonly scales: ReadonlySignal<ScaleOf>;
  /** The cell with the pointer or the focus, if any. */
  readonly point: Signal<CellPlace | undefined>;
  readonly isCompact: boolean;
}

export function GridHead(properties: GridHeadProperties) {
  const { state, isCompact } = properties;
  return (
    <div class="head" role="row" aria-rowindex={1}>
      <div class="corner" role="columnheader" aria-colindex={1} aria-label={l10n.t('Image')}>
        <Legend {...properties} />
      </div>
      {state.checkpoints.map((checkpoint, column) => (
        <ColumnHead
          key={checkpoint.epoch}
          checkpoint={checkpoint}
          column={column}
          nothing={state.view.training ? '…' : '–'}
          isCompact={isCompact}
        />
      ))}
    </div>
  );
}

/** The common scale, or that of the cell or row under the pointer. */
function Legend({ state, scales, look, point }: GridHeadProperties) {
  const kind = useComputed(() => look.appearance.value.scale).value;
  const colourMap = useComputed(() => look.appearance.value.colourMap).value;
  const at = point.value;
  const cell = at && shownCell(state, at.image, at.epoch);
  const common = kind === 'shared' || at !== undefined ? scales.value(at?.image ?? '') : undefined;
  return <ColourBar colourMap={colourMap} scale={common ?? cell?.result.range(cell.target)} />;
}

interface ColumnHeadProperties {
  readonly checkpoint: CheckpointInfo;
  readonly column: number;
  /** Stands where there is no accuracy. */
  readonly nothing: string;
  readonly isCompact: boolean;
}

function ColumnHead({ checkpoint, column, nothing, isCompact }: ColumnHeadProperties) {
  const { name, epoch, testAccuracy, claimedAccuracy } = checkpoint;
  const sentence = accuracySentence(checkpoint);
  const title = checkpointTitle(checkpoint);
  // There is room for a number alone.
  const short = accuracyText(testAccuracy ?? claimedAccuracy);
  const accuracy = isCompact && short !== '' ? short : accuracyBelow(checkpoint, nothing);
  return (
    <div
      class="column-head"
      role="columnheader"
      aria-colindex={column + 2}
      title={sentence === '' ? title : `${title}. ${sentence}`}
      style={{ '--at': column }}
    >
      <span class="epoch">{isCompact && name === `Epoch ${epoch}` ? l10n.t('Ep. {0}', epoch) : name}</span>
      <span class="accuracy muted">{accuracy}</span>
    </div>
  );
}
