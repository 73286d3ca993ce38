/** The tree of the view "Runs": studies, their runs, their checkpoints. */
import type { StudyEntry } from '../runs/runStore';
import type { RunSummary } from '../runs/runSummary';

export type TreeNode =
  | {
      readonly kind: 'study';
      readonly studyFile: string;
      readonly name: string;
      readonly missing: boolean;
      /** Its runs, the pinned ones first, then the newest. */
      readonly allRuns: readonly RunSummary[];
      /** Another study has the same name. */ readonly amongNamesakes: boolean;
    }
  | {
      readonly kind: 'run';
      readonly run: RunSummary;
      /** The model, in a study of several. */ readonly amongModels: boolean;
    }
  | { readonly kind: 'checkpoint'; readonly run: RunSummary; readonly epoch: number };

/** The existing studies, and those that only their runs still name because their files are gone. */
export function studyNodes(studies: readonly StudyEntry[], runs: readonly RunSummary[]): TreeNode[] {
  const files = new Set(studies.map(({ file }) => file));
  const missing = new Map(
    runs.filter(({ studyFile }) => !files.has(studyFile)).map(({ studyFile, studyName }) => [studyFile, studyName]),
  );
  const all = [
    ...studies.map(({ file, name }) => ({ studyFile: file, name, missing: false })),
    ...[...missing].map(([studyFile, name]) => ({ studyFile, name, missing: true })),
  ];
  return all.map((study) => ({
    kind: 'study',
    ...study,
    allRuns: pinnedFirst(runs.filter(({ studyFile }) => studyFile === study.studyFile)),
    amongNamesakes: all.some((other) => other !== study && other.name === study.name),
  }));
}

function pinnedFirst(runs: readonly RunSummary[]): RunSummary[] {
  const isPinned = ({ about }: RunSummary): number => (about.pinned === true ? 1 : 0);
  return [...runs].sort((a, b) => isPinned(b) - isPinned(a));
}

export function childNodes(node: TreeNode): TreeNode[] {
  switch (node.kind) {
    case 'study':
      return runNodes(node.allRuns);
    case 'run':
      return node.run.checkpoints.map((epoch) => ({ kind: 'checkpoint', run: node.run, epoch }));
    case 'checkpoint':
      return [];
  }
}

function runNodes(runs: readonly RunSummary[]): TreeNode[] {
  const amongModels = new Set(runs.flatMap(({ architecture }) => architecture ?? [])).size > 1;
  return runs.map((run) => ({ kind: 'run', run, amongModels }));
}

/**
 * Stays the same while the node's content changes, so that an expanded node stays expanded. A study that gets its first
 * run counts as new, because VS Code would keep it collapsed.
 */
export function nodeId(node: TreeNode): string {
  switch (node.kind) {
    case 'study':
      return `study:${node.studyFile}:${node.allRuns.length > 0}`;
    case 'run':
      return `run:${node.run.folder}`;
    case 'checkpoint':
      return `checkpoint:${node.run.folder}:${node.epoch}`;
  }
}
