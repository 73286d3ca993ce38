import type { RunState } from './runSummary';

/** The codicon of a state, and the theme's colour for it. */
const ICONS: Readonly<Record<RunState, { readonly id: string; readonly colour: string | undefined }>> = {
  starting: { id: 'loading~spin', colour: undefined },
  training: { id: 'sync~spin', colour: 'charts.blue' },
  finished: { id: 'pass', colour: 'testing.iconPassed' },
  cancelled: { id: 'debug-pause', colour: 'charts.yellow' },
  interrupted: { id: 'debug-disconnect', colour: 'charts.orange' },
  failed: { id: 'error', colour: 'testing.iconFailed' },
  damaged: { id: 'warning', colour: 'list.warningForeground' },
};

export function stateIconId(state: RunState): string {
  return ICONS[state].id;
}

export function stateColour(state: RunState): string | undefined {
  return ICONS[state].colour;
}
