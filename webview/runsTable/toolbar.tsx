/** Which runs are shown, and how. */
import * as l10n from '@vscode/l10n';
import { MenuItem, Popover, Select, TextField, type Choice, type IconName } from '../controls';
import { Toolbar } from '../frame';
import type { Actions } from './actions';
import { ColumnsMenu } from './columnsMenu';
import type { Arranged, TableState } from './tableState';

/** What the table is written as. */
export type Export = 'runsCsv' | 'csv' | 'md' | 'tex' | 'copy';

export interface TableToolbarProperties {
  readonly table: TableState;
  readonly actions: Actions;
  readonly onExport: (what: Export) => void;
}

const NONE = '';

export function TableToolbar({ table, actions, onExport }: TableToolbarProperties) {
  const state = table.arranged.value;
  const { problem } = table.filter.value;
  return (
    <Toolbar
      label={l10n.t('Rows and columns')}
      actions={
        <>
          <ColumnsMenu columns={table.columns.value} saved={state.columns} actions={actions} />
          <ExportMenu onExport={onExport} />
        </>
      }
    >
      <StudySelect table={table} study={state.study} onStudy={(study) => actions.keep({ study, hidden: [] })} />
      <Select
        label={l10n.t('Rows')}
        choices={[
          { value: 'recipes', text: l10n.t('recipes, over seeds') },
          { value: 'runs', text: l10n.t('runs') },
        ]}
        value={state.by}
        onChange={(by) => actions.keep({ by })}
      />
      <Select
        label={l10n.t('At')}
        title={l10n.t('At which epoch of a run its results are taken')}
        choices={[
          { value: 'final', text: l10n.t('final epoch') },
          { value: 'best', text: l10n.t('best epoch') },
        ]}
        value={state.at}
        onChange={(at) => actions.keep({ at })}
      />
      {state.by === 'recipes' && <BaselineSelect table={table} actions={actions} />}
      <Select
        label={l10n.t('Group')}
        choices={groupChoices(table, state)}
        value={state.group ?? NONE}
        onChange={(group) => actions.keep({ group: group === NONE ? undefined : group })}
      />
      <TextField
        label={problem ?? l10n.t('Filter by words, such as “cutout”, or conditions, such as “accuracy > 80”')}
        placeholder={l10n.t('Filter: cutout accuracy > 80')}
        value={state.filter}
        class={problem === undefined ? 'filter' : 'filter wrong'}
        onInput={(filter) => actions.keep({ filter })}
      />
    </Toolbar>
  );
}

function StudySelect({
  table,
  study,
  onStudy,
}: {
  readonly table: TableState;
  readonly study: string | null;
  readonly onStudy: (study: string | null) => void;
}) {
  const studies = new Map([...table.runs.value.values()].map(({ facts }) => [facts.studyFile, facts.studyName]));
  if (studies.size < 2 && study === null) return null;
  const names = [...studies].sort(([, a], [, b]) => a.localeCompare(b));
  return (
    <Select
      label={l10n.t('Study')}
      choices={[
        { value: NONE, text: l10n.t('all') },
        ...names.map(([value, text]) => ({ value, text })),
        // A study without a run yet.
        ...(study === null || studies.has(study) ? [] : [{ value: study, text: studyName(study) }]),
      ]}
      value={study ?? NONE}
      onChange={(file) => onStudy(file === NONE ? null : file)}
    />
  );
}

function studyName(file: string): string {
  return (file.split(/[\\/]/).at(-1) ?? file).replace(/\.epochlens\.json$/, '');
}

function BaselineSelect({ table, actions }: Pick<TableToolbarProperties, 'table' | 'actions'>) {
  const recipes = table.rows.value.filter(({ kind }) => kind === 'recipe');
  if (recipes.length < 2) return null;
  const chosen = recipes.find(({ isBaseline }) => isBaseline);
  return (
    <Select
      label={l10n.t('Baseline')}
      title={l10n.t('The recipe that the others are compared with, paired by seed')}
      choices={[{ value: NONE, text: l10n.t('none') }, ...recipes.map(({ key, name }) => ({ value: key, text: name }))]}
      value={chosen?.key ?? NONE}
      onChange={(key) => actions.keep({ baseline: key === NONE ? null : key })}
    />
  );
}

function groupChoices(table: TableState, { by }: Pick<Arranged, 'by'>): Choice<string>[] {
  return [
    { value: NONE, text: l10n.t('no groups') },
    { value: 'study', text: l10n.t('by study') },
    ...(by === 'runs' ? [{ value: 'recipe', text: l10n.t('by recipe') }] : []),
    { value: 'state', text: l10n.t('by state') },
    { value: 'engine', text: l10n.t('by engine') },
    ...table.columns.value
      .filter(({ kind }) => kind === 'setting')
      .map(({ id, head }) => ({ value: id, text: l10n.t('by {0}', head) })),
  ];
}

function ExportMenu({ onExport }: Pick<TableToolbarProperties, 'onExport'>) {
  return (
    <Popover label={l10n.t('Export')} icon="save" alone>
      {(close) => {
        const item = (label: string, icon: IconName, what: Export) => (
          <MenuItem
            label={label}
            icon={icon}
            onClick={() => {
              close();
              onExport(what);
            }}
          />
        );
        return (
          <div class="menu">
            {item(l10n.t('Export the Rows as CSV…'), 'table', 'csv')}
            {item(l10n.t('Export Each Run as CSV…'), 'table', 'runsCsv')}
            {item(l10n.t('Export as Markdown…'), 'save', 'md')}
            {item(l10n.t('Export as LaTeX…'), 'save', 'tex')}
            {item(l10n.t('Copy as Markdown'), 'copy', 'copy')}
          </div>
        );
      }}
    </Popover>
  );
}
