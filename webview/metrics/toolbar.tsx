import * as l10n from '@vscode/l10n';
import type { ExportKind } from '../../src/protocol/runPanel';
import { Checkbox } from '../controls';
import { Toolbar } from '../frame';
import { PARTS, type Part } from './measures';
import type { SavedState } from './savedState';

export interface MetricsToolbarProperties {
  readonly state: SavedState;
  readonly canSave: boolean;
  readonly onState: (change: Partial<SavedState>) => void;
  readonly onSave: (kind: ExportKind) => void;
}

/** Which curves are drawn, and how. */
export function MetricsToolbar({ state, canSave, onState, onSave }: MetricsToolbarProperties) {
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
      {PARTS.map((part) => (
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
  return part === 'test' ? l10n.t('Test (solid)') : l10n.t('Training (dashed)');
}
