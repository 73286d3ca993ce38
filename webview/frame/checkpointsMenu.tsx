import * as l10n from '@vscode/l10n';
import type { CheckpointInfo } from '../../src/protocol/panelView';
import { accuracyBelow, checkpointName } from '../common/checkpointText';
import { Button, Checkbox, Popover } from '../controls';

export interface CheckpointsMenuProperties {
  /** All checkpoints of the run. */
  readonly all: readonly CheckpointInfo[];
  readonly shown: readonly CheckpointInfo[];
  /** Called with null for the study's own choice. */
  readonly onChange: (epochs: readonly number[] | null) => void;
}

/** A menu that chooses which checkpoints are columns. */
export function CheckpointsMenu({ all, shown, onChange }: CheckpointsMenuProperties) {
  const epochs = all.map(({ epoch }) => epoch);
  const chosen = new Set(shown.map(({ epoch }) => epoch));
  const ends = [...new Set([...epochs.slice(0, 1), ...epochs.slice(-1)])];
  return (
    <Popover label={checkpointsText(shown.length, all.length)} title={l10n.t('Checkpoints shown')} icon="epochs">
      {() => (
        <>
          <div class="popover-actions">
            <Button label={l10n.t('All')} onClick={() => onChange(epochs)} />
            <Button label={l10n.t('First and last')} onClick={() => onChange(ends)} />
            <Button label={l10n.t("The study's")} onClick={() => onChange(null)} />
          </div>
          <div class="popover-list">
            {all.map((checkpoint) => (
              <Checkbox
                key={checkpoint.epoch}
                checked={chosen.has(checkpoint.epoch)}
                onChange={(on) =>
                  onChange(epochs.filter((each) => (each === checkpoint.epoch ? on : chosen.has(each))))
                }
              >
                <span>
                  {checkpointName(checkpoint)} <span class="muted">{accuracyBelow(checkpoint, '')}</span>
                </span>
              </Checkbox>
            ))}
          </div>
        </>
      )}
    </Popover>
  );
}

/** "5 checkpoints", "2 of 5 checkpoints" */
function checkpointsText(shown: number, all: number): string {
  if (shown < all) return l10n.t('{0} of {1} checkpoints', shown, all);
  return all === 1 ? l10n.t('1 checkpoint') : l10n.t('{0} checkpoints', all);
}
