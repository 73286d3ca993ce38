/** One image under each round of each perturbation, at each checkpoint. */
import { useSignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import type { Position } from '../../common/gridKeys';
import { givenText } from '../../common/heat/pictures';
import { className } from '../../common/text';
import { EmptyState } from '../../frame';
import type { Look } from '../../heat';
import { Detail } from './detail';
import { focusCell, Grid } from './grid';
import type { ImageState } from './imageState';

export interface ImageViewProperties {
  readonly of: ImageState;
  readonly look: Look;
  /** Whether what is missing will come. */
  readonly computing: boolean;
  /** Whether the perturbations are the published ones, because the study has none. */
  readonly published: boolean;
  readonly chooseFiles: () => void;
  readonly onMeasure: () => void;
}

export function ImageView({ of, look, computing, published, chooseFiles, onMeasure }: ImageViewProperties) {
  const grid = useRef<HTMLDivElement>(null);
  const opened = useSignal<Position | undefined>(undefined);
  const { appearance } = look;
  if (of.explained?.usable === false)
    return (
      <EmptyState
        icon="warning"
        title={l10n.t('This image cannot be used')}
        text={of.explained.problem}
        actions={[{ label: l10n.t('Image Files…'), onClick: chooseFiles }]}
      />
    );
  return (
    <div class="image-view">
      <Grid
        {...{ of, appearance, computing, onMeasure }}
        element={grid}
        note={noteText(of, published)}
        onOpen={(at) => (opened.value = at)}
      />
      <Detail {...{ of, opened, appearance, computing }} onClose={(at) => focusCell(grid.current, at)} />
    </div>
  );
}

/** What the marks and numbers of the cells are. */
function noteText({ explained, label, view }: ImageState, published: boolean): string {
  const texts = [
    label === null
      ? l10n.t('No label is known.')
      : l10n.t('The label is {0}: ✓ and ✗ are right and wrong.', className(view.classNames, label)),
    l10n.t(
      'ρ, SSIM and 20 % say how alike the heatmap is to the clean one, brought back first where the image was moved.',
    ),
    published &&
      l10n.t('The study has no perturbations of its own: these are the published ones, noise, rotation and occlusion.'),
    givenText(explained),
  ];
  return texts.filter(Boolean).join(' ');
}
