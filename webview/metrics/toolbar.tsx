import * as l10n from '@vscode/l10n';
import type { ExportKind } from '../../src/protocol/runPanel';
import { Button, Checkbox, Select, Slider } from '../controls';
import { Toolbar } from '../frame';
import type { ChartKind } from './chartKinds';
import { ChartMenu } from './chartMenu';
import { PARTS, type Part } from './measures';
import { MOST_SMOOTHING, type SavedState } from './savedState';

export interface MetricsToolbarProperties {
  readonly state: SavedState;
  readonly kinds: readonly ChartKind[];
  /** Of the runs that are shown. */
  readonly available: readonly Part[];
  readonly canSave: boolean;
  readonly zoomed: boolean;
  readonly onState: (change: Partial<SavedState>) => void;
  readonly onResetZoom: () => void;
  readonly onSave: (kind: ExportKind) => void;
}

/** Which curves are drawn, and how. */
export function MetricsToolbar(properties: MetricsToolbarProperties) {
  const { state, kinds, available, canSave, zoomed, onState, onResetZoom, onSave } = properties;
  const { parts, smoothing } = state;
  return (
    <Toolbar
      label={l10n.t('Curves')}
      save={{ onSave, disabled: !canSave }}
      appearance={() => (
        <>
          <Checkbox checked={state.logarithmic} onChange={(on) => onState({ logarithmic: on })}>
            {l10n.t('Logarithmic loss and learning rate')}
          </Checkbox>
          <Checkbox checked={state.logarithmicEpochs} onChange={(on) => onState({ logarithmicEpochs: on })}>
            {l10n.t('Logarithmic epochs')}
          </Checkbox>
        </>
      )}
    >
      <Select
        label={l10n.t('Curves')}
        title={l10n.t('Whether runs are drawn alone, or means over the seeds of each recipe')}
        choices={[
          { value: 'run', text: l10n.t('each run') },
          { value: 'recipe', text: l10n.t('mean of each recipe') },
        ]}
        value={state.by}
        onChange={(by) => onState({ by })}
      />
      <ChartMenu kinds={kinds} chosen={state.charts} onChosen={(charts) => onState({ charts })} />
      {available.map((part) => (
        <Checkbox
          key={part}
          checked={parts.includes(part)}
          onChange={(on) => onState({ parts: PARTS.filter((each) => (each === part ? on : parts.includes(each))) })}
        >
          {partLabel(part)}
        </Checkbox>
      ))}
      <Slider
        label={l10n.t('Smoothing')}
        title={l10n.t('Exponential smoothing: the weight of what came before. The curve as it is stays behind.')}
        min={0}
        max={MOST_SMOOTHING}
        step={0.01}
        value={smoothing}
        text={smoothing.toFixed(2)}
        onInput={(value) => onState({ smoothing: value })}
      />
      <span class="muted smoothing">{smoothing.toFixed(2)}</span>
      {zoomed && <Button label={l10n.t('Reset Zoom')} icon="refresh" onClick={onResetZoom} />}
    </Toolbar>
  );
}

function partLabel(part: Part): string {
  const labels = {
    test: l10n.t('Test (solid)'),
    validation: l10n.t('Validation (dotted)'),
    train: l10n.t('Training (dashed)'),
  };
  return labels[part];
}
