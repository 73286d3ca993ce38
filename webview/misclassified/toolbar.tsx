/** The controls: run, checkpoint and opacity in sight, all else behind *Appearance*. */
import * as l10n from '@vscode/l10n';
import { useComputed, type ReadonlySignal } from '@preact/signals';
import type { Scale } from '../../src/imaging/heatmap';
import type { ExportKind } from '../../src/protocol/runPanel';
import { LayerPicker, MethodPicker, RunPicker, Toolbar } from '../frame';
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
  /** How many are in sight. */
  readonly rows: number;
  readonly onUseInStudy: () => void;
  readonly onSave: (kind: ExportKind) => void;
}

export function MisclassifiedToolbar(properties: MisclassifiedToolbarProperties) {
  const { state, look, shared, rows, onChoice, onRun, onUseInStudy, onSave } = properties;
  const { view, choice, checkpoint, explanation } = state;
  const { layer } = explanation;
  const scaleTexts = { image: l10n.t('Per map'), row: l10n.t('Per image'), shared: l10n.t('Shared') };
  return (
    <Toolbar
      label={l10n.t('What is shown')}
      save={{ onSave }}
      appearance={() => (
        <>
          <LayerPicker view={view} layer={layer} onLayer={(name) => onChoice({ layer: name })} />
          <AppearanceControls look={look} scaleTexts={scaleTexts} />
          <SharedBar look={look} shared={shared} signed={!explanation.method.rectified} />
        </>
      )}
    >
      <RunPicker view={view} onRun={onRun} />
      <Scrubber checkpoints={view.checkpoints} checkpoint={checkpoint} onEpoch={(epoch) => onChoice({ epoch })} />
      <MethodPicker
        view={view}
        layer={layer}
        choices={choice.method === null ? [] : [choice.method]}
        // Two classes of each row in sight.
        count={{ images: (explanation.method.resolution === 'input' ? 2 : 1) * rows, epochs: 1 }}
        onChoices={([method = null]) => onChoice({ method })}
        onUseInStudy={onUseInStudy}
      />
      <OpacitySlider look={look} />
    </Toolbar>
  );
}

function SharedBar({
  look,
  shared,
  signed,
}: Pick<MisclassifiedToolbarProperties, 'look' | 'shared'> & { readonly signed: boolean }) {
  const colourMap = useComputed(() => look.appearance.value.colourMap);
  return <ColourBar colourMap={signed ? 'signed' : colourMap.value} scale={shared.value} />;
}
