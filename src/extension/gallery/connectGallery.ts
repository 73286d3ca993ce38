import type * as vscode from 'vscode';
import type { DataSource } from '../../protocol/engine';
import {
  galleryHostContract,
  galleryPageContract,
  type ChosenImages,
  type GalleryAction,
  type GalleryHostContract,
  type GalleryPageContract,
  type GalleryView,
} from '../../protocol/gallery';
import type { ExtensionContextParts } from '../context';
import { connectPage, type PageConnection } from '../webview/connection';

/** The images of a gallery, and the actions that it offers. */
export interface GallerySource {
  readonly title: string;
  readonly data: DataSource;
  readonly view: () => Promise<GalleryView>;
  readonly save: (images: ChosenImages) => Promise<{ written: boolean }>;
  readonly showHeatmaps: () => Promise<void>;
  readonly run: (action: GalleryAction) => Promise<void>;
}

export type GalleryConnection = PageConnection<GalleryHostContract, GalleryPageContract>;

export function connectGallery(
  { context, engine, log }: ExtensionContextParts,
  webview: vscode.Webview,
  source: GallerySource,
): GalleryConnection {
  return connectPage({
    webview,
    extensionUri: context.extensionUri,
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
        await source.showHeatmaps();
        return null;
      },
      run: async ({ action }) => {
        await source.run(action);
        return null;
      },
    },
    onWarning: (text, error) => log.warn(`${source.title}: ${text}`, error instanceof Error ? error : ''),
  });
}
