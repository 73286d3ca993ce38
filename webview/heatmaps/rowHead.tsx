/** The first column: the image, its name, its label, and its row's scale. */
import * as l10n from '@vscode/l10n';
import type { ExplainedImage } from '../../src/protocol/engine';
import { givenText } from '../common/heat/pictures';
import { resizeText } from '../common/heat/resizeText';
import { className, imageName } from '../common/text';
import { ColourBar, PictureBitmap } from '../heat';
import { imageAt, isSignedAt, rowName, type HeatmapsState, type RowPlace } from './heatmapsState';
import { rowRange } from './shownCell';
import { look } from './page';

export interface RowHeadProperties {
  readonly state: HeatmapsState;
  readonly row: RowPlace;
}

export function RowHead({ state, row }: RowHeadProperties) {
  const { image, method } = row;
  const explained = imageAt(state, image);
  const isFirst = method === 0;
  const isUnusable = explained?.usable === false;
  const picture = explained?.usable === true ? (explained.original?.picture ?? explained.picture) : undefined;
  const title = [image, givenText(explained)].filter((text) => text !== '').join('\n');
  return (
    // A row without heatmaps has room for the reason.
    <div class={isUnusable ? 'row-head unusable' : 'row-head'} role="rowheader" aria-colindex={1} title={title}>
      {isFirst && (
        <>
          <PictureBitmap class="thumbnail" picture={picture} />
          <span class="image-name">{imageName(image)}</span>
          <span class={isUnusable ? 'label error-text' : 'label muted'}>{labelText(state, explained)}</span>
        </>
      )}
      {state.explanations.length > 1 && <span class="method-name">{rowName(state, row)}</span>}
      <RowScale state={state} row={row} />
    </div>
  );
}

/** A component of its own, because it is rendered where a slider is dragged. */
function RowScale({ state, row }: RowHeadProperties) {
  const { scale, colourMap } = look.appearance.value;
  return scale === 'row' ? (
    <ColourBar colourMap={isSignedAt(state, row) ? 'signed' : colourMap} scale={rowRange(state, row)} />
  ) : null;
}

function labelText({ view }: HeatmapsState, explained: ExplainedImage | undefined): string {
  if (explained === undefined) return '';
  if (!explained.usable) return explained.problem;
  const { label, original } = explained;
  const name = label === null ? l10n.t('no label') : className(view.classNames, label);
  return original === undefined ? name : `${name}, ${resizeText(original.resize)}`;
}
