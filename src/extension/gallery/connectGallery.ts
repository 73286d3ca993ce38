import * as vscode from 'vscode';
import type { DataSource } from '../../protocol/engine';
import {
  galleryHostContract,
  galleryPageContract,
  type ChosenImages,
  type GalleryHostContract,
  type GalleryPageContract,
  type GalleryView,
} from '../../protocol/gallery';
import type { ExtensionContextParts } from '../context';
import { COMMANDS } from '../ids';
import { runAction } from '../runPanel/actions';
import type { PageConnection } from '../webview/connection';
import { connectPanel } from '../webview/connectPanel';

/** The images of a gallery, and the actions that it offers. */
export interface GallerySource {
  readonly title: string;
  readonly data: DataSource;
  readonly view: () => Promise<GalleryView>;
  readonly save: (images: ChosenImages) => Promise<{ written: boolean }>;
  /** Undefined for a batch file. */
  readonly studyFile: string | undefined;
}

export type GalleryConnection = PageConnection<GalleryHostContract, GalleryPageContract>;

export function connectGallery(
  parts: ExtensionContextParts,
  panel: vscode.WebviewPanel,
  source: GallerySource,
): GalleryConnection {
  const { engine } = parts;
  const { studyFile } = source;
  return connectPanel(parts, panel, {
    name: 'gallery',
    title: source.title,
    host: galleryHostContract,
    page: galleryPageContract,
    handlers: {
      view: () => source.view(),
      pixels: (params, { signal }) => engine.request('pixels', { source: source.data, ...params }, { signal }),
      predictions: (params, options) => engine.request('predictions', params, options),
      save: ({ images }) => source.save(images),
      showHeatmaps: async () => {
        if (studyFile !== undefined)
          await vscode.commands.executeCommand(COMMANDS.openHeatmaps, vscode.Uri.file(studyFile));
        return null;
      },
      run: async ({ action }) => {
        // The page refreshes itself.
        if (action !== 'refresh')
          await runAction(action === 'openFile' ? 'openStudy' : action, { studyFile, run: undefined });
        return null;
      },
    },
  });
}
