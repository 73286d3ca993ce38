/** The page of the runs table. */
import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { runsTableHostContract, runsTablePageContract, type TableRun } from '../../src/protocol/runsTable';
import { createPage, Frame, Loading } from '../frame';

const runs = signal<readonly TableRun[] | undefined>(undefined);
const page = createPage({
  page: runsTablePageContract,
  host: runsTableHostContract,
  handlers: {},
  listeners: {},
  parseState: () => ({}),
});

function RunsTable() {
  const there = runs.value;
  return (
    <Frame
      toolbar={undefined}
      note={page.note}
      instead={there === undefined && <Loading title={l10n.t('Reading the runs…')} />}
    >
      <ul>
        {there?.map(({ facts, label, stateText }) => (
          <li key={facts.run}>{`${label} ${stateText}`}</li>
        ))}
      </ul>
    </Frame>
  );
}

page.attempt(page.host.request('view', {}).then((view) => (runs.value = view.runs)));
render(<RunsTable />, document.body);
