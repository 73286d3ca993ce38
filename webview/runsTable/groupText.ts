import * as l10n from '@vscode/l10n';
import { engineText } from '../../src/comparison';
import { settingHead } from './heads';

/** At the head of a group. @param by see `groupRows`; undefined: there is one group, without a head */
export function groupText(by: string | undefined, value: string): string | undefined {
  switch (by) {
    case undefined:
      return undefined;
    case 'study':
    case 'recipe':
      return value;
    case 'engine':
      return engineText(value);
    case 'state':
      return STATES[value]?.() ?? value;
    default:
      // As in the study file.
      return `${settingHead(by)} ${value}`;
  }
}

const STATES: Readonly<Record<string, () => string>> = {
  finished: () => l10n.t('finished'),
  training: () => l10n.t('training'),
  failed: () => l10n.t('failed'),
  cancelled: () => l10n.t('cancelled'),
  interrupted: () => l10n.t('interrupted'),
  imported: () => l10n.t('imported'),
};
