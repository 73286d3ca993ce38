/** The page of the heatmaps panel. */
import { effect } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { appearanceByKey } from '../common/heat/appearanceKeys';
import { HelpDialog } from '../controls';
import { lazily, onPageKey, RunFrame } from '../frame';
import { Grid } from './grid';
import { isNothingShown } from './heatmapsState';
import { NothingShown } from './nothingShown';
import { change, copy, look, open, page, request, state } from './page';
import { settingsByKey, shortcuts } from './shortcuts';
import { HeatmapsToolbar } from './toolbar';
// Of the detail, which is loaded when it is first opened: a page loads the styles of its first modules alone.
import '../common/style/detail.css';
import './style/detail.css';

const Detail = lazily(async () => (await import('./detail')).Detail);

const help = { current: null as HTMLDialogElement | null };
const showHelp = (): void => help.current?.showModal();

effect(() => {
  if (page.view.value !== undefined) document.title = page.view.value.title;
});

onPageKey('vscode-dropdown, [popover]', (key) => {
  if (key === '?') showHelp();
  else if (state.value === undefined) return false;
  else if (key.toLowerCase() === 'c') page.attempt(copy());
  else if (key.toLowerCase() === 'r') request.again();
  else {
    const chosen = settingsByKey(key, state.value.view.classNames.length);
    const looks = appearanceByKey(key, look.appearance.value);
    if (chosen !== undefined) change(chosen);
    else if (looks !== undefined) look.change(looks);
    else return false;
  }
  return true;
});

function HeatmapsPage() {
  const now = state.value;
  const things = l10n.t('heatmaps');
  const dialogs = (
    <>
      {now !== undefined && open.value !== null && <Detail state={now} place={open.value} />}
      <HelpDialog dialog={help} shortcuts={shortcuts()} />
    </>
  );
  return (
    <RunFrame
      page={page}
      things={things}
      computes={{ things, state: request.state, onCancel: request.cancel, onResume: request.resume }}
      toolbar={() => now !== undefined && <HeatmapsToolbar state={now} onHelp={showHelp} />}
      instead={() => now !== undefined && isNothingShown(now) && <NothingShown state={now} />}
      dialogs={dialogs}
    >
      {() => now !== undefined && <Grid state={now} />}
    </RunFrame>
  );
}

render(<HeatmapsPage />, document.body);
