/** What the gallery of a study shows. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { GalleryRun, GalleryView, StudyImages } from '../../protocol/gallery';
import { RequestError } from '../../protocol/peer';
import type { ExtensionContextParts } from '../context';
import { runName } from '../runs/runName';
import { readImages } from './studyText';

type Parts = Pick<ExtensionContextParts, 'engine' | 'runStore'>;

export async function studyView(parts: Parts, file: string): Promise<GalleryView> {
  try {
    const [dataset, study] = await Promise.all([
      parts.engine.request('dataset', { source: { kind: 'study', file } }),
      studyImages(parts, file),
      parts.runStore.ready,
    ]);
    return { kind: 'ready', file, name: basename(file), dataset, study, runs: runsOf(parts, file) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const gone = error instanceof RequestError && error.failure.reason === 'gone';
    return {
      kind: 'failed',
      file,
      message,
      title: gone ? vscode.l10n.t('The engine has stopped') : vscode.l10n.t('The images cannot be shown'),
      actions: gone ? ['refresh', 'showOutput'] : ['openFile', ...trainable(), 'refresh'],
    };
  }
}

/** Only a training downloads a missing data set. */
function trainable(): ['train'] | [] {
  return vscode.workspace.isTrusted ? ['train'] : [];
}

/** The images that the saved file names or draws. */
export async function studyImages({ engine }: Pick<Parts, 'engine'>, file: string): Promise<StudyImages> {
  const images = await engine.request('studyImages', { source: { kind: 'study', file } });
  const indicesOf = (set: 'test' | 'train'): number[] =>
    images.flatMap((image) => (image.kind === 'set' && image.set === set ? [image.index] : [])).sort((a, b) => a - b);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(file)));
  return { images: { test: indicesOf('test'), train: indicesOf('train') }, random: readImages(text).random };
}

/** The data set of the saved file, by which a change is noticed. */
export async function datasetText(uri: vscode.Uri): Promise<string> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  return JSON.stringify(readImages(text).dataset);
}

export function runsOf({ runStore }: Pick<Parts, 'runStore'>, file: string): GalleryRun[] {
  const study = runStore.studyPath(file);
  return runStore
    .runs()
    .filter(({ studyFile, checkpoints }) => studyFile === study && checkpoints.length > 0)
    .map((run) => ({
      folder: run.folder,
      text: runName(run, 'inStudy'),
      checkpoints: run.checkpoints.map((epoch) => ({
        epoch,
        testAccuracy: run.epochs.find((each) => each.epoch === epoch)?.testAccuracy ?? null,
      })),
    }));
}
