/** The frame of a panel bound to runs: it shows why there is no run, or the page's own content. */
import type { ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import type { RunView } from '../../src/protocol/panelView';
import { Banner } from './banner';
import { Loading } from './emptyState';
import { Frame } from './frame';
import { lazily } from './lazily';
import type { RequestState } from './request';
import type { AnyRunPage } from './runPage';

const NoRun = lazily(async () => (await import('./noRun')).NoRun);

export interface RunFrameProperties {
  readonly page: AnyRunPage;
  /** The panel's content, in the plural, translated: "heatmaps". */
  readonly things: string;
  /** What is computed, with how that is cancelled and continued. */
  readonly computes: {
    readonly things: string;
    readonly state: ReadonlySignal<RequestState>;
    readonly onCancel: () => void;
    readonly onResume: () => void;
  };
  readonly toolbar: (view: RunView) => ComponentChildren;
  /** Why there is no content though there is a run; undefined where there is. */
  readonly instead?: (view: RunView) => ComponentChildren;
  readonly dialogs?: ComponentChildren;
  readonly children: (view: RunView) => ComponentChildren;
}

export function RunFrame({ page, things, computes, toolbar, instead, dialogs, children }: RunFrameProperties) {
  const view = page.view.value;
  if (view?.kind !== 'run') {
    // Before the first answer nothing is known of the run.
    const noRun =
      view === undefined ? (
        <Loading title={l10n.t('Looking at the run…')} />
      ) : (
        <NoRun view={view} things={things} act={page.act} retry={page.load} />
      );
    return <Frame toolbar={undefined} note={page.note} instead={noRun} dialogs={dialogs} />;
  }
  const banner = <Banner {...computes} onOutput={() => page.act('showOutput')} />;
  return (
    <Frame toolbar={toolbar(view)} banner={banner} note={page.note} instead={instead?.(view)} dialogs={dialogs}>
      {children(view)}
    </Frame>
  );
}
