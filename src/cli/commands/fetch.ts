import type { Command } from 'commander';
import type { ArchitectureName } from '../../architectures';
import { cifar10Folder, ensureCifar10 } from '../../datasets';
import { fetchImagenetWeights } from '../../weights/fromStudy';
import { readStudies, readStudyOf, type LocatedStudy } from '../../study';
import { architectureName } from '../arguments';
import { abortOnInterrupt } from '../interrupt';
import { createOutput, type Output } from '../output';
import { showDataProgress, showDownload } from '../progress';

interface Options {
  readonly architecture?: ArchitectureName;
  readonly json?: boolean;
}

/** `fetch`: what a study needs from the network, so that its training needs none. */
export function addFetch(program: Command): void {
  program
    .command('fetch')
    .description('download what a study needs and is not here yet: CIFAR-10 (170 MB), ImageNet weights (21 or 47 MB)')
    .argument('<study>', 'a NAME.epochlens.json file')
    .option('--architecture <name>', 'of a study of several models: only this one', architectureName)
    .option('--json', 'a line of JSON for every event on standard output')
    .action(async (path: string, { architecture, json = false }: Options) => {
      const output = createOutput(json);
      const signal = abortOnInterrupt(output, 'the download');
      const studies = architecture === undefined ? await readStudies(path) : [await readStudyOf(path, architecture)];
      for (const located of studies) await fetchFor(located, output, signal);
    });
}

async function fetchFor(
  { study, folder: studyFolder }: LocatedStudy,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const { dataset, model } = study;
  if (dataset.kind === 'cifar10') {
    const folder = cifar10Folder(dataset, studyFolder);
    const show = showDataProgress(output);
    await ensureCifar10(folder, {
      signal,
      progress: (progress) => {
        output.document({ event: 'progress', of: 'CIFAR-10', ...progress });
        show(progress);
      },
    });
    output.document({ event: 'here', of: 'CIFAR-10', path: folder });
    output.line(`CIFAR-10 is in ${folder}`);
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
