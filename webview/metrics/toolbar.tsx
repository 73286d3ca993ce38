import * as l10n from '@vscode/l10n';
import type { ExportKind } from '../../src/protocol/runPanel';
import { Checkbox } from '../controls';
import { Toolbar } from '../frame';
import { PARTS, type Part } from './measures';
import type { SavedState } from './savedState';

export interface MetricsToolbarProperties {
  readonly state: SavedState;
  /** Of the runs that are shown. */
  readonly available: readonly Part[];
  readonly canSave: boolean;
  readonly onState: (change: Partial<SavedState>) => void;
  readonly onSave: (kind: ExportKind) => void;
}

/** Which curves are drawn, and how. */
export function MetricsToolbar({ state, available, canSave, onState, onSave }: MetricsToolbarProperties) {
  const { parts, logarithmic } = state;
  return (
    <Toolbar
      label={l10n.t('Curves')}
      save={{ onSave, disabled: !canSave }}
      appearance={() => (
        <Checkbox checked={logarithmic} onChange={(on) => onState({ logarithmic: on })}>
          {l10n.t('Logarithmic loss')}
        </Checkbox>
      )}
    >
      {available.map((part) => (
        <Checkbox
          key={part}
          checked={parts.includes(part)}
          onChange={(on) => onState({ parts: PARTS.filter((each) => (each === part ? on : parts.includes(each))) })}
        >
          {partLabel(part)}
        </Checkbox>
      ))}
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
