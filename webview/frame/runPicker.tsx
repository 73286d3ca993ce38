import * as l10n from '@vscode/l10n';
import type { PanelView } from '../../src/protocol/panelView';
import { Icon, Select } from '../controls';

export interface RunPickerProperties {
  readonly view: PanelView;
  /** Called with null for the newest. */
  readonly onRun: (run: string | null) => void;
}

const NEWEST = 'newest';

/**
 * Chooses the run of the study that is shown: always the newest, or a certain one. It says where a run was made with
 * other settings than the study's.
 */
export function RunPicker({ view, onRun }: RunPickerProperties) {
  if (view.kind !== 'run') return null;
  const { runs, otherSettings, source } = view;
  const choices = runs.map(({ folder, text }) => ({ value: folder, text }));
  return (
    <>
      <Select
        label={l10n.t('Run')}
        choices={[{ value: NEWEST, text: l10n.t('Newest') }, ...choices]}
        value={source.run ?? NEWEST}
        onChange={(value) => onRun(value === NEWEST ? null : value)}
      />
      {otherSettings !== null && (
        <span class="run-note muted" role="note" title={otherSettings}>
          <Icon name="warning" />
          {l10n.t('made with other settings')}
        </span>
      )}
    </>
  );
}
