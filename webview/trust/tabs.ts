import * as l10n from '@vscode/l10n';
import type { TrustTab } from '../../src/protocol/trustPanel';

export function tabText(tab: TrustTab): string {
  switch (tab) {
    case 'faithfulness':
      return l10n.t('Faithfulness');
    case 'sanity':
      return l10n.t('Sanity Checks');
    case 'localisation':
      return l10n.t('Localisation');
    case 'calibration':
      return l10n.t('Calibration');
  }
}
