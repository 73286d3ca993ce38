/** The grid's first row: the colours' legend, and the checkpoints with their accuracy over all test images. */
import { useComputed } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { CheckpointInfo, RunView } from '../../src/protocol/panelView';
import { accuracyBelow, accuracySentence, checkpointName, checkpointTitle, isOfEpoch } from '../common/checkpointText';
import { accuracyText } from '../common/text';
import { ColourBar } from '../heat';
import { isSignedAt, type HeatmapsState } from './heatmapsState';
import { shownCell } from './shownCell';
import { look, measure, point, scaleOf } from './page';

export interface GridHeadProperties {
  readonly state: HeatmapsState;
  readonly isCompact: boolean;
}

export function GridHead({ state, isCompact }: GridHeadProperties) {
  return (
    <div class="head" role="row" aria-rowindex={1}>
      <div class="corner" role="columnheader" aria-colindex={1} aria-label={l10n.t('Image')}>
        <Legend state={state} />
      </div>
      {state.checkpoints.map((checkpoint, column) => (
        <ColumnHead
          key={checkpoint.epoch}
          checkpoint={checkpoint}
          column={column}
          view={state.view}
          isCompact={isCompact}
        />
      ))}
    </div>
  );
}

/** The common scale, or that of the cell or row under the pointer. */
function Legend({ state }: Pick<GridHeadProperties, 'state'>) {
  const kind = useComputed(() => look.appearance.value.scale).value;
  const colourMap = useComputed(() => look.appearance.value.colourMap).value;
  const at = point.value;
  const cell = at && shownCell(state, at);
  const row = at ?? { image: '', method: 0 };
  // Without a cell pointed at, the scale of the first of several methods would say nothing of the others.
  const isCommon = kind === 'shared' && state.explanations.length === 1;
  const common = isCommon || at !== undefined ? scaleOf.value(row) : undefined;
  return <ColourBar colourMap={isSignedAt(state, row) ? 'signed' : colourMap} scale={common ?? cell?.heat?.range} />;
}

interface ColumnHeadProperties {
  readonly checkpoint: CheckpointInfo;
  readonly column: number;
  readonly view: RunView;
  readonly isCompact: boolean;
}

function ColumnHead({ checkpoint, column, view, isCompact }: ColumnHeadProperties) {
  const { epoch, testAccuracy, claimedAccuracy } = checkpoint;
  const sentence = accuracySentence(checkpoint);
  const title = checkpointTitle(checkpoint);
  // There is room for a number alone.
  const short = accuracyText(testAccuracy ?? claimedAccuracy);
  // Once there is a later checkpoint, what is not measured will not be.
  const isNewest = epoch === view.checkpoints.at(-1)?.epoch;
  const accuracy = isCompact && short !== '' ? short : accuracyBelow(checkpoint, view.training && isNewest ? '…' : '–');
  return (
    <div
      class="column-head"
      role="columnheader"
      aria-colindex={column + 2}
      title={sentence === '' ? title : `${title}. ${sentence}`}
      style={{ '--at': column }}
    >
      <span class="epoch">
        {isCompact && isOfEpoch(checkpoint) ? l10n.t('Ep. {0}', epoch) : checkpointName(checkpoint)}
      </span>
      {checkpoint.measurable && view.trusted ? (
        <button class="measure" title={l10n.t('Measure the accuracy on the test set')} onClick={measure}>
          {l10n.t('Measure')}
        </button>
      ) : (
        <span class="accuracy muted">{accuracy}</span>
      )}
    </div>
  );
}
