/** Titles of panels' tabs. */
import * as vscode from 'vscode';
import type { PanelImages } from '../../protocol/panelView';
import type { FoundView } from './view';

/** The images in place of the study's, or the study's name; undefined where there is no run. */
export function shownText(view: FoundView | undefined): string | undefined {
  return view?.kind === 'run' ? (imagesText(view.source.images) ?? view.studyName) : undefined;
}

/** "cat.png" or "3 images"; undefined for the study's images. */
function imagesText(images: PanelImages): string | undefined {
  switch (images.of) {
    case 'study':
      return undefined;
    case 'files':
      return oneOrCount(images.paths, (file) => file.split(/[\\/]/).at(-1) ?? file);
    case 'dataset':
      return oneOrCount(images.images, ({ set, index }) => `${set} ${index}`);
  }
}

function oneOrCount<Image>(images: readonly Image[], nameOf: (image: Image) => string): string {
  const [first] = images;
  return first !== undefined && images.length === 1 ? nameOf(first) : vscode.l10n.t('{0} images', images.length);
}
