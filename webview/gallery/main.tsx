/** The page of the gallery: the images of a data set, of which a study's are chosen. */
import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import {
  galleryHostContract,
  galleryPageContract,
  type FailedGallery,
  type GalleryAction,
  type GalleryView,
} from '../../src/protocol/gallery';
import { Banner, createPage, EmptyState, Frame, Loading, messageOf } from '../frame';
import { Footer } from './footer';
import { createGallery, type Gallery } from './gallery';
import './gallery.css';
import { Grid } from './grid';
import { PredictionLine } from './predictionLine';
import { parseSavedState } from './savedState';
import { GalleryToolbar } from './toolbar';
import { WhyNothing } from './whyNothing';

/** Undefined before the first answer. */
const shown = signal<Gallery | FailedGallery | undefined>(undefined);

const page = createPage({
  page: galleryPageContract,
  host: galleryHostContract,
  handlers: {},
  listeners: {
    view: show,
    study: (study) => current()?.takeStudy(study),
    runs: (runs) => current()?.takeRuns(runs),
  },
  parseState: parseSavedState,
});

function current(): Gallery | undefined {
  const now = shown.peek();
  return now !== undefined && 'state' in now ? now : undefined;
}

function show(view: GalleryView): void {
  current()?.dispose();
  shown.value = view.kind === 'failed' ? view : createGallery(page, view);
}

function load(): void {
  page.host.request('view', {}).then(show, (error: unknown) => {
    const title = l10n.t('The images cannot be shown');
    show({ kind: 'failed', file: '', title, message: messageOf(error), actions: ['refresh', 'showOutput'] });
  });
}

function act(action: GalleryAction): void {
  if (action === 'refresh') load();
  else page.attempt(page.host.request('run', { action }));
}

function actionText(action: GalleryAction): string {
  switch (action) {
    case 'openFile':
      return l10n.t('Open Study File');
    case 'train':
      return l10n.t('Train');
    case 'showOutput':
      return l10n.t('Show Output');
    case 'manageTrust':
      return l10n.t('Manage Workspace Trust');
    case 'refresh':
      return l10n.t('Try Again');
  }
}

function GalleryApp() {
  const now = shown.value;
  if (now === undefined)
    return <Frame toolbar={undefined} note={page.note} instead={<Loading title={l10n.t('Reading the images…')} />} />;
  if ('kind' in now) {
    const actions = now.actions.map((action) => ({ label: actionText(action), onClick: () => act(action) }));
    const failed = <EmptyState icon="warning" title={now.title} text={now.message} actions={actions} />;
    return <Frame toolbar={undefined} note={page.note} instead={failed} />;
  }
  const { request } = now.predicting;
  const banner = (
    <Banner
      state={request.state}
      things={l10n.t('predictions')}
      onCancel={() => now.choose(null)}
      onResume={request.resume}
      onOutput={() => act('showOutput')}
    />
  );
  return (
    <Frame toolbar={<GalleryToolbar gallery={now} />} banner={banner} note={page.note}>
      <PredictionLine state={now.state.value} />
      <div class="stage">
        <Grid key={now.state.value.view.file} gallery={now} />
        <WhyNothing state={now.state.value} asking={request.state.value.kind} />
      </div>
      <Footer gallery={now} onOpenStudy={() => act('openFile')} />
    </Frame>
  );
}

load();
render(<GalleryApp />, document.body);
