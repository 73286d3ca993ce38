/** The sweep as a whole: how far it is, what is done with it, and which cells are shown. */
import * as l10n from '@vscode/l10n';
import type { ShownSweep, SweepAction, SweepChange, SweepView } from '../../src/protocol/sweepPanel';
import { Button, IconButton, Select, type Choice } from '../controls';
import { Toolbar } from '../frame';
import { countsOf, isGoing, isLeftHere, isPending } from './cellText';
import { filterChoices } from './filter';
import type { Filter } from './savedState';

export interface SweepToolbarProperties {
  readonly sweep: ShownSweep;
  readonly view: SweepView;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly onStudy: (studyFile: string) => void;
  readonly onChange: (change: SweepChange) => void;
  readonly act: (action: SweepAction) => void;
  readonly onHelp: () => void;
}

const JOBS = [1, 2, 3, 4, 6, 8, 12, 16];

export function SweepToolbar(properties: SweepToolbarProperties) {
  const { sweep, view, filter, onFilter, onStudy, onChange, act, onHelp } = properties;
  return (
    <Toolbar
      label={l10n.t('Sweep')}
      onHelp={onHelp}
      actions={<IconButton label={l10n.t('Show Sweep Log')} icon="table" onClick={() => act('showSweepLog')} />}
    >
      {view.studies.length > 1 && (
        <Select
          label={l10n.t('Study')}
          choices={view.studies.map(({ studyFile, name }) => ({ value: studyFile, text: name }))}
          value={sweep.study.studyFile}
          onChange={onStudy}
        />
      )}
      {view.trusted && <SweepButtons sweep={sweep} onChange={onChange} act={act} />}
      {view.trusted && (isLeftHere(sweep) || !isGoing(sweep)) && (
        <Select
          label={l10n.t('At once')}
          title={l10n.t('Trainings at once')}
          choices={jobChoices(sweep)}
          value={String(sweep.jobs ?? 'auto')}
          onChange={(value) => onChange({ kind: 'jobs', jobs: value === 'auto' ? null : Number(value) })}
        />
      )}
      <Select label={l10n.t('Show')} choices={filterChoices()} value={filter} onChange={onFilter} />
    </Toolbar>
  );
}

function SweepButtons({ sweep, onChange, act }: Pick<SweepToolbarProperties, 'sweep' | 'onChange' | 'act'>) {
  const { cells, paused, runner } = sweep;
  const pending = cells.some(({ state }) => isPending(state));
  const { failed } = countsOf(cells);
  const runs = isGoing(sweep);
  const runsHere = pending && runner !== null;
  const isLeft = isLeftHere(sweep);
  return (
    <>
      {!runsHere && isLeft && (
        <Button label={l10n.t('Run Sweep')} icon="play" primary={!runs} onClick={() => act('runSweep')} />
      )}
      {!runsHere && isLeft && (
        <Button label={l10n.t('Run Sweep on…')} icon="server" onClick={() => act('runSweepOn')} />
      )}
      {runs && !paused && (
        <Button label={l10n.t('Pause')} icon="pause" onClick={() => onChange({ kind: 'paused', paused: true })} />
      )}
      {runs && paused && (
        <Button
          label={l10n.t('Continue')}
          icon="play"
          primary
          onClick={() => onChange({ kind: 'paused', paused: false })}
        />
      )}
      {pending && <Button label={l10n.t('Cancel')} icon="stop" onClick={() => act('cancelSweep')} />}
      {failed > 0 && <Button label={l10n.t('Retry Failed Cells')} icon="refresh" onClick={() => act('retrySweep')} />}
    </>
  );
}

function jobChoices({ jobs, runner }: ShownSweep): Choice<string>[] {
  const automatic = runner !== null && jobs === null ? l10n.t('automatic ({0})', runner.jobs) : l10n.t('automatic');
  const counts = [...new Set(jobs === null ? JOBS : [...JOBS, jobs])].sort((a, b) => a - b);
  return [
    { value: 'auto', text: automatic },
    ...counts.map((count) => ({ value: String(count), text: String(count) })),
  ];
}
