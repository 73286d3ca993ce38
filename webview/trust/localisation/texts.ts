import * as l10n from '@vscode/l10n';
import type { MeasureKey } from '../../../src/measures/localisation/measures';

export function measureText(measure: MeasureKey): string {
  switch (measure) {
    case 'energy':
      return l10n.t('Energy inside the object');
    case 'pointing':
      return l10n.t('Pointing game');
    case 'mass':
      return l10n.t('Mass accuracy');
    case 'rank':
      return l10n.t('Rank accuracy');
  }
}
