import type { Command } from 'commander';
import type { NetworkName } from '../../architectures';
import { FOLDER_TITLES, ensureData, folderOf, kindOf } from '../../datasets';
import { fetchImagenetWeights } from '../../weights/fromStudy';
import { readStudies, readStudyOf, type LocatedStudy } from '../../study';
import { networkName } from '../options/arguments';
import { abortOnInterrupt } from '../interrupt';
import { createOutput, type Output } from '../printing/output';
import { showDataProgress, showDownload } from '../printing/progress';

interface Options {
  readonly architecture?: NetworkName;
  readonly json?: boolean;
}

/** `fetch`: what a study needs from the network, so that its training needs none. */
export function addFetch(program: Command): void {
  program
    .command('fetch')
    .description(
      `download what a study needs and is not here yet: ${FOLDER_TITLES} (170 MB), ImageNet weights (21 or 47 MB)`,
    )
    .argument('<study>', 'a NAME.epochlens.json file')
    .option('--architecture <name>', 'of a study of several models: only this one', networkName)
    .option('--json', 'a line of JSON for every event on standard output')
    .action(async (path: string, { architecture, json = false }: Options) => {
      const output = createOutput(json);
      const signal = abortOnInterrupt(output, 'the download');
      const studies = architecture === undefined ? await readStudies(path) : [await readStudyOf(path, architecture)];
      for (const located of studies) await fetchFor(located, output, signal);
    });
}

/** Says what it fetches, and where it then is. @throws WorkError, CancelledError, InputError */
export async function fetchFor(
  { study, folder: studyFolder }: LocatedStudy,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const { dataset, model } = study;
  const folder = folderOf(dataset, studyFolder);
  if (folder !== undefined) {
    const { title } = kindOf(dataset);
    const show = showDataProgress(output);
    await ensureData(dataset, studyFolder, {
      signal,
      progress: (progress) => {
        output.document({ event: 'progress', of: title, ...progress });
        show(progress);
      },
    });
    output.document({ event: 'here', of: title, path: folder });
    output.line(`${title} is in ${folder}`);
  }
  if (model.weights === 'imagenet') {
    const show = showDownload(output);
    const file = await fetchImagenetWeights(study, {
      signal,
      say: (text) => output.log(text),
      progress: (progress) => {
        output.document({ event: 'progress', of: 'ImageNet weights', ...progress });
        show(progress);
      },
    });
    output.document({ event: 'here', of: 'ImageNet weights', path: file });
    output.line(`The ImageNet weights are in ${file}`);
  }
}
