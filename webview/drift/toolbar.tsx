/** The controls that choose the run, the images, the class and the layer to measure. */
import * as l10n from '@vscode/l10n';
import type { RunView } from '../../src/protocol/panelView';
import type { ExportKind } from '../../src/protocol/runPanel';
import { layerOf } from '../common/layer';
import { IconButton, Select, type Choice as Option } from '../controls';
import { LayerPicker, MethodPicker, RunPicker, Toolbar } from '../frame';
import { imagesOf, keptEpochs } from './driftState';
import type { Choice } from './savedState';

export interface DriftToolbarProperties {
  readonly view: RunView;
  readonly choice: Choice;
  readonly testCount: number | undefined;
  readonly onChoice: (change: Partial<Choice>) => void;
  /** Called with null for the newest. */
  readonly onRun: (run: string | null) => void;
  readonly onSave: (kind: ExportKind) => void;
  readonly onUseInStudy: () => void;
  readonly onGallery: () => void;
}

const STUDY = 'study';
/** The numbers of first test images that can be chosen, if there are as many. */
const COUNTS = [20, 50, 100, 200, 500, 1000];

export function DriftToolbar(properties: DriftToolbarProperties) {
  const { view, choice, testCount, onChoice, onRun, onSave, onUseInStudy, onGallery } = properties;
  const layer = layerOf(view, choice.layer);
  const targets: Option<Choice['target']>[] = [
    { value: 'predicted', text: l10n.t('Predicted by each') },
    { value: 'label', text: l10n.t('Label') },
  ];
  return (
    <Toolbar
      label={l10n.t('What is measured')}
      actions={<IconButton label={l10n.t('Choose the study’s images')} icon="images" onClick={onGallery} />}
      save={{ onSave }}
      appearance={() => <LayerPicker view={view} layer={layer} onLayer={(name) => onChoice({ layer: name })} />}
    >
      <RunPicker view={view} onRun={onRun} />
      <Select
        label={l10n.t('Images')}
        choices={imageChoices(view.images.length, testCount, choice)}
        value={String(choice.images)}
        onChange={(value) => onChoice({ images: value === STUDY ? STUDY : Number(value) })}
      />
      <Select
        label={l10n.t('Class')}
        title={l10n.t('Class of the heatmaps')}
        choices={targets}
        value={choice.target}
        onChange={(target) => onChoice({ target })}
      />
      <MethodPicker
        view={view}
        layer={layer}
        choices={choice.method === null ? [] : [choice.method]}
        count={{ images: imagesOf(view, choice, testCount).length, epochs: keptEpochs(view).length }}
        onChoices={([method = null]) => onChoice({ method })}
        onUseInStudy={onUseInStudy}
      />
    </Toolbar>
  );
}

function imageChoices(named: number, testCount = 0, { images }: Choice): Option<string>[] {
  const counts = COUNTS.filter((count) => count <= testCount || count === images);
  return [
    { value: STUDY, text: l10n.t('The study’s ({0})', named) },
    ...counts.map((count) => ({ value: String(count), text: l10n.t('First {0} test images', count) })),
  ];
}
