/** The controls: run, checkpoint and opacity in sight, all else behind *Appearance*. */
import * as l10n from '@vscode/l10n';
import { useComputed, type ReadonlySignal } from '@preact/signals';
import type { Scale } from '../../src/imaging/heatmap';
import type { ExportKind } from '../../src/protocol/runPanel';
import { LayerPicker, MethodName, RunPicker, Toolbar } from '../frame';
import { AppearanceControls, ColourBar, OpacitySlider, type Look } from '../heat';
import type { MisclassifiedState } from './misclassifiedState';
import type { Choice } from './savedState';
import { Scrubber } from './scrubber';

export interface MisclassifiedToolbarProperties {
  readonly state: MisclassifiedState;
  readonly look: Look;
  /** The common scale of all maps; undefined where they have none. */
  readonly shared: ReadonlySignal<Scale | undefined>;
  readonly onChoice: (change: Partial<Choice>) => void;
  /** Called with null for the newest. */
  readonly onRun: (run: string | null) => void;
  readonly onSave: (kind: ExportKind) => void;
}

export function MisclassifiedToolbar(properties: MisclassifiedToolbarProperties) {
  const { state, look, shared, onChoice, onRun, onSave } = properties;
  const { view, checkpoint, layer } = state;
  const scaleTexts = { image: l10n.t('Per map'), row: l10n.t('Per image'), shared: l10n.t('Shared') };
  return (
    <Toolbar
      label={l10n.t('What is shown')}
      save={{ onSave }}
      appearance={() => (
        <>
          <MethodName id={view.studyMethod} />
          <LayerPicker view={view} layer={layer} onLayer={(name) => onChoice({ layer: name })} />
          <AppearanceControls look={look} scaleTexts={scaleTexts} />
          <SharedBar look={look} shared={shared} />
        </>
      )}
    >
      <RunPicker view={view} onRun={onRun} />
      <Scrubber checkpoints={view.checkpoints} checkpoint={checkpoint} onEpoch={(epoch) => onChoice({ epoch })} />
      <OpacitySlider look={look} />
    </Toolbar>
  );
}

function SharedBar({ look, shared }: Pick<MisclassifiedToolbarProperties, 'look' | 'shared'>) {
  const colourMap = useComputed(() => look.appearance.value.colourMap);
  return <ColourBar colourMap={colourMap.value} scale={shared.value} />;
}
