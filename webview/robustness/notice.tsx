import * as l10n from '@vscode/l10n';
import { Button } from '../controls';
import { noticeText, openRows, type RobustnessState } from './robustnessState';

export interface NoticeProperties {
  readonly of: RobustnessState;
  readonly onCompute: () => void;
  readonly onTrust: () => void;
}

/** The line above the tests: how many have to be computed, and the button for it. */
export function Notice({ of, onCompute, onTrust }: NoticeProperties) {
  const open = openRows(of);
  if (open.length === 0 || of.tests.computing) return null;
  const stale = open.filter(({ outcome }) => outcome !== undefined).length;
  return (
    <div class="banner notice">
      <span class="banner-text">{noticeText(open.length - stale, stale, of.rows.length)}</span>
      {of.view.trusted ? (
        <Button label={l10n.t('Compute')} icon="play" primary onClick={onCompute} />
      ) : (
        <Button label={l10n.t('Manage Workspace Trust')} onClick={onTrust} />
      )}
    </div>
  );
}
