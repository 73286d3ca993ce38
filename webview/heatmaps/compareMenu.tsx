/** A menu that chooses what each heatmap is compared with. The cells then show differences. */
import * as l10n from '@vscode/l10n';
import { DESCRIPTIONS } from '../../src/explanations/descriptions';
import { checkpointName } from '../common/checkpointText';
import { choiceOf } from '../common/explanation';
import { DIFFERENCE_SCALES } from '../common/heat/difference';
import { Popover, SearchSelect, Select } from '../controls';
import { comparedText, differenceScale, scaleText, wantedText } from './compared';
import { CompareRun, otherRuns } from './compareRun';
import { isDifference, type HeatmapsState } from './heatmapsState';
import { change } from './page';
import type { Compared } from './settings';

type Kind = Compared['with'] | 'nothing';

export function CompareMenu({ state }: { readonly state: HeatmapsState }) {
  const { compared } = state.settings;
  const kinds: readonly { value: Kind; text: string }[] = [
    { value: 'nothing', text: l10n.t('Nothing') },
    { value: 'class', text: l10n.t('Another class') },
    { value: 'method', text: l10n.t('Another method') },
    { value: 'epoch', text: l10n.t('Another checkpoint') },
    ...(otherRuns(state).length > 0 ? [{ value: 'run' as const, text: l10n.t('Another run') }] : []),
  ];
  return (
    <Popover
      label={isDifference(state.settings) ? l10n.t('Differences') : l10n.t('Compare')}
      title={l10n.t('What is taken from each heatmap')}
      icon="compare"
    >
      {() => (
        <div class="compare">
          <Select
            label={l10n.t('Compare with')}
            choices={kinds}
            value={compared?.with ?? 'nothing'}
            onChange={(kind) => change({ compared: firstOf(state, kind) })}
          />
          <With state={state} />
          {isDifference(state.settings) && compared?.with !== 'method' && (
            <Select
              label={l10n.t('Before')}
              title={l10n.t('What is done to the maps before')}
              choices={DIFFERENCE_SCALES.map((value) => ({ value, text: scaleText(value) }))}
              value={differenceScale(state)}
              onChange={(scaled) => change({ scaled })}
            />
          )}
          {(compared === null || isDifference(state.settings)) && (
            <p class="muted">
              {comparedText(state) ??
                l10n.t(
                  'Each cell then shows the difference of two heatmaps: red where the first has more, blue where less.',
                )}
            </p>
          )}
        </div>
      )}
    </Popover>
  );
}

function firstOf(state: HeatmapsState, kind: Kind): Compared | null {
  const { view, explanations } = state;
  switch (kind) {
    case 'nothing':
      return null;
    case 'class':
      return { with: 'class', target: 'other' };
    case 'epoch':
      return { with: 'epoch', epoch: 'before' };
    case 'run': {
      const [first] = otherRuns(state);
      return first === undefined ? null : { with: 'run', run: first.folder, beside: true };
    }
    case 'method': {
      const shown = explanations.map(({ method }) => method.id);
      const other = DESCRIPTIONS.find(({ id }) => !shown.includes(id)) ?? DESCRIPTIONS[0];
      return { with: 'method', method: choiceOf(other.id, view) };
    }
  }
}

function With({ state }: { readonly state: HeatmapsState }) {
  const { view, settings } = state;
  const { compared } = settings;
  switch (compared?.with) {
    case 'class': {
      const targets = ['other', 'predicted', 'label', ...view.classNames.keys()] as const;
      return (
        <SearchSelect
          label={l10n.t('Class')}
          title={l10n.t('Class that is compared')}
          choices={targets.map((value) => ({ value: String(value), text: wantedText(state, value) }))}
          value={String(compared.target)}
          onChange={(value) => {
            const target = targets.find((each) => String(each) === value);
            if (target !== undefined) change({ compared: { with: 'class', target } });
          }}
        />
      );
    }
    case 'method':
      return (
        <Select
          label={l10n.t('Method')}
          title={l10n.t('Method that is compared')}
          choices={DESCRIPTIONS.map(({ id, name }) => ({ value: id, text: name }))}
          value={compared.method.id}
          onChange={(id) => change({ compared: { with: 'method', method: choiceOf(id, view) } })}
        />
      );
    case 'epoch':
      return (
        <Select
          label={l10n.t('Checkpoint')}
          title={l10n.t('Checkpoint that is compared')}
          choices={[
            { value: 'before', text: l10n.t('The one before') },
            ...view.checkpoints.map((each) => ({ value: String(each.epoch), text: checkpointName(each) })),
          ]}
          value={String(compared.epoch)}
          onChange={(value) =>
            change({ compared: { with: 'epoch', epoch: value === 'before' ? 'before' : Number(value) } })
          }
        />
      );
    case 'run':
      return <CompareRun state={state} compared={compared} />;
    case undefined:
      return null;
  }
}
