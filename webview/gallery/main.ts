import {
  galleryHostContract,
  galleryPageContract,
  type FailedGallery,
  type GalleryAction,
  type GalleryView,
} from '../../src/protocol/gallery';
import { progressRing } from '../common/controls';
import { h } from '../common/dom';
import { emptyState } from '../common/emptyState';
import { connectHost } from '../frame/host';
import '../frame/theme.css';
import { createGallery, type Gallery } from './gallery';
import './gallery.css';

const root = h('div', { class: 'root' });
document.body.append(root);
let gallery: Gallery | undefined;

const peer = connectHost({
  page: galleryPageContract,
  host: galleryHostContract,
  handlers: {},
  listeners: {
    view: show,
    study: (study) => gallery?.takeStudy(study),
    runs: (runs) => gallery?.takeRuns(runs),
  },
});

const ACTIONS: Readonly<Record<GalleryAction, string>> = {
  openFile: 'Open Study File',
  train: 'Train',
  showOutput: 'Show Output',
  manageTrust: 'Manage Workspace Trust',
  refresh: 'Try Again',
};

function show(view: GalleryView): void {
  gallery?.dispose();
  gallery = undefined;
  if (view.kind === 'failed') {
    root.replaceChildren(failed(view));
    return;
  }
  gallery = createGallery(peer, view);
  root.replaceChildren(gallery.element);
  gallery.begin();
}

function failed({ title, message, actions }: FailedGallery): HTMLElement {
  const doing = (action: GalleryAction) => (): void => {
    void (action === 'refresh' ? load() : peer.request('run', { action }));
  };
  return emptyState({
    icon: 'warning',
    title,
    text: message,
    actions: actions.map((action) => ({ label: ACTIONS[action], onClick: doing(action) })),
  });
}

async function load(): Promise<void> {
  root.replaceChildren(
    h('div', { class: 'loading' }, progressRing('Reading the images'), h('p', {}, 'Reading the images…')),
  );
  try {
    show(await peer.request('view', {}));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    show({
      kind: 'failed',
      file: '',
      title: 'The images cannot be shown',
      message,
      actions: ['refresh', 'showOutput'],
    });
  }
}

void load();
