/** Which run is compared, and how: row below row, or by differences. */
import * as l10n from '@vscode/l10n';
import { SearchSelect, Select } from '../controls';
import type { HeatmapsState } from './heatmapsState';
import { change } from './page';
import type { Compared } from './settings';

/** Those of the study, and the one that is compared, of whichever study it is. */
export function otherRuns({ view, other }: HeatmapsState): { readonly folder: string; readonly text: string }[] {
  const ofStudy = view.runs.filter(({ folder }) => folder !== view.run);
  const isListed = other === undefined || ofStudy.some(({ folder }) => folder === other.run);
  return isListed ? ofStudy : [{ folder: other.run, text: other.name }, ...ofStudy];
}

interface CompareRunProperties {
  readonly state: HeatmapsState;
  readonly compared: Extract<Compared, { with: 'run' }>;
}

export function CompareRun({ state, compared }: CompareRunProperties) {
  return (
    <>
      <SearchSelect
        label={l10n.t('Run')}
        title={l10n.t('Run that is compared')}
        choices={otherRuns(state).map(({ folder, text }) => ({ value: folder, text }))}
        value={compared.run}
        onChange={(run) => change({ compared: { ...compared, run } })}
      />
      <Select
        label={l10n.t('Shown')}
        title={l10n.t('How the two runs are compared')}
        choices={[
          { value: 'beside', text: l10n.t('one row below the other') },
          { value: 'difference', text: l10n.t('as differences') },
        ]}
        value={compared.beside ? 'beside' : 'difference'}
        onChange={(shown) => change({ compared: { ...compared, beside: shown === 'beside' } })}
      />
    </>
  );
}
