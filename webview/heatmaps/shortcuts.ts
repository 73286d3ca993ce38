/** Keys that work anywhere on the panel, except in a text field. */
import { appearanceByKey } from '../common/heat/appearanceKeys';
import type { Settings } from './settings';

/** The change that a key makes; undefined for any other key. */
export function settingsByKey(key: string, settings: Settings, classes: number): Partial<Settings> | undefined {
  if (/^\d$/.test(key)) return Number(key) < classes ? { target: Number(key) } : undefined;
  switch (key.toLowerCase()) {
    case 'p':
      return { target: 'predicted' };
    case 'l':
      return { target: 'label' };
    default:
      return appearanceByKey(key, settings);
  }
}
