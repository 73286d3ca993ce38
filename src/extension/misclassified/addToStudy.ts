import * as vscode from 'vscode';
import type { SetImage } from '../../protocol/panelView';
import { RequestError } from '../../protocol/peer';
import type { ExtensionContextParts } from '../context';
import { saveStudyImages } from '../gallery/saveStudyImages';
import { studyImages } from '../gallery/studyView';

/**
 * Adds an image to the study file's images.
 * @throws RequestError where there is no such file
 */
export async function addToStudy(
  parts: ExtensionContextParts,
  file: string | undefined,
  image: SetImage,
): Promise<{ written: boolean }> {
  if (file === undefined) {
    throw new RequestError({ reason: 'failed', message: 'There is no study file to write to.' });
  }
  const { images } = await studyImages(parts, file);
  const indices = [...new Set([...images[image.set], image.index])].sort((a, b) => a - b);
  return saveStudyImages(vscode.Uri.file(file), { ...images, [image.set]: indices });
}
