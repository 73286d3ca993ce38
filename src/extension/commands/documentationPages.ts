/** A page of the documentation. */
export interface DocumentationPage {
  /** The file's name under `media/docs`, without `.md`. */
  readonly id: string;
  /** The page's own heading. */
  readonly title: string;
  readonly about: string;
}

/** All pages, in the order in which a person reads them. A test holds this list against the files. */
export const DOCUMENTATION: readonly DocumentationPage[] = [
  { id: 'panels', title: 'In VS Code', about: 'Study files, training, and what each panel shows.' },
  { id: 'command-line', title: 'The command line', about: 'Every command, its output, exit codes and environment.' },
  { id: 'formats', title: 'Files and formats', about: 'The study file, the run folder, checkpoints and images.' },
  {
    id: 'importing',
    title: 'Importing checkpoints',
    about: 'Weights that were trained elsewhere, and giving them back.',
  },
  { id: 'engines', title: 'Engines', about: 'Native and embedded: installing, choosing, speed and memory.' },
  { id: 'numbers', title: 'Numbers', about: 'Intervals, expectations, and what the results are checked against.' },
  {
    id: 'troubleshooting',
    title: 'Troubleshooting',
    about: 'No study found, proxies, remote folders, disk space, git.',
  },
  { id: 'limits', title: 'Limits', about: 'What is left out, untested, or only estimated.' },
  {
    id: 'promises',
    title: 'What EpochLens promises',
    about: 'What holds when something goes wrong, and the test of it.',
  },
  {
    id: 'extending',
    title: 'Extending EpochLens',
    about: 'Adding a method, a data set, an architecture or a measure.',
  },
  { id: 'developing', title: 'Developing EpochLens', about: 'Building, testing, packaging and measuring a checkout.' },
];
