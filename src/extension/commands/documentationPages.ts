import * as vscode from 'vscode';

/** A page of the documentation. */
export interface DocumentationPage {
  /** The file's name under `media/docs`, without `.md`. */
  readonly id: string;
  /** The page's own heading. */
  readonly title: string;
  readonly about: string;
}

/** All pages, in the order in which a person reads them. A test holds this list against the files. */
export function documentationPages(): readonly DocumentationPage[] {
  const { l10n } = vscode;
  return [
    { id: 'panels', title: l10n.t('In VS Code'), about: l10n.t('Study files, training, and what each panel shows.') },
    {
      id: 'command-line',
      title: l10n.t('The command line'),
      about: l10n.t('Every command, its output, exit codes and environment.'),
    },
    {
      id: 'formats',
      title: l10n.t('Files and formats'),
      about: l10n.t('The study file, the run folder, checkpoints and images.'),
    },
    { id: 'sweeps', title: l10n.t('Sweeps'), about: l10n.t('Recipes × seeds: the file, the queue, what is resumed.') },
    {
      id: 'cluster',
      title: l10n.t('On a cluster'),
      about: l10n.t('Sweeps on Slurm: submitting, the script, time limits, the shared disk.'),
    },
    {
      id: 'models',
      title: l10n.t('Your model'),
      about: l10n.t('ONNX files, a PyTorch training that is watched, timm and torchvision.'),
    },
    {
      id: 'images',
      title: l10n.t('Your images'),
      about: l10n.t('Folders of pictures, NumPy arrays, the files of CIFAR-10-C.'),
    },
    {
      id: 'importing',
      title: l10n.t('Importing checkpoints'),
      about: l10n.t('Weights that were trained elsewhere, and giving them back.'),
    },
    {
      id: 'engines',
      title: l10n.t('Engines'),
      about: l10n.t('Native and embedded: installing, choosing, speed and memory.'),
    },
    {
      id: 'trust',
      title: l10n.t('Methods and trust'),
      about: l10n.t('What the methods are, and whether their heatmaps can be trusted.'),
    },
    {
      id: 'numbers',
      title: l10n.t('Numbers'),
      about: l10n.t('Intervals, expectations, and what the results are checked against.'),
    },
    {
      id: 'other-tools',
      title: l10n.t('TensorBoard, MLflow and pandas'),
      about: l10n.t('Runs in other tools: event files, a tracking server, data frames.'),
    },
    {
      id: 'troubleshooting',
      title: l10n.t('Troubleshooting'),
      about: l10n.t('No study found, proxies, remote folders, disk space, git.'),
    },
    { id: 'limits', title: l10n.t('Limits'), about: l10n.t('What is left out, untested, or only estimated.') },
    {
      id: 'promises',
      title: l10n.t('What EpochLens promises'),
      about: l10n.t('What holds when something goes wrong, and the test of it.'),
    },
    {
      id: 'extending',
      title: l10n.t('Extending EpochLens'),
      about: l10n.t('Adding a method, a data set, an architecture, a measure or a panel.'),
    },
    {
      id: 'translating',
      title: l10n.t('Translating EpochLens'),
      about: l10n.t('A language is two files, and needs no code.'),
    },
    {
      id: 'developing',
      title: l10n.t('Developing EpochLens'),
      about: l10n.t('Building, testing, packaging and measuring a checkout.'),
    },
  ];
}
