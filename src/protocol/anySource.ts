import type { PanelSource } from './panelView';

/** Of no study yet: the newest run that there is. */
export const ANY_SOURCE: PanelSource = { studyFile: null, run: null, images: { of: 'study' }, follows: false };
