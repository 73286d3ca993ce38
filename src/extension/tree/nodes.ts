/** The tree of the view "Runs": studies, their runs, their checkpoints. */
import type { CellProgress, SweepState } from '../../sweeps/sweepState';
import type { StudyEntry } from '../runs/runStore';
import type { RunSummary } from '../runs/runSummary';
import { cellsOf, recipeNodes, splitRuns, type CellNode, type RecipeNode, type SweepNode } from './sweepNodes';

export type TreeNode =
  | {
      readonly kind: 'study';
      readonly studyFile: string;
      readonly name: string;
      readonly missing: boolean;
      /** Its runs, the pinned ones first, then the newest. */
      readonly allRuns: readonly RunSummary[];
      /** Another study has the same name. */ readonly amongNamesakes: boolean;
      /** Its sweep, if it has one. */
      readonly sweep?: SweepState | undefined;
    }
  | SweepNode
  | RecipeNode
  | CellNode
  | {
      readonly kind: 'run';
      readonly run: RunSummary;
      /** The model, in a study of several. */ readonly amongModels: boolean;
      /** The cell whose newest run it is; below its recipe. */
      readonly progress?: CellProgress | undefined;
      /** Its id, which commands take. */
      readonly cell?: string | undefined;
    }
  | { readonly kind: 'checkpoint'; readonly run: RunSummary; readonly epoch: number };

/** The existing studies, and those that only their runs still name because their files are gone. */
export function studyNodes(
  studies: readonly StudyEntry[],
  runs: readonly RunSummary[],
  sweepOf: (studyFile: string) => SweepState | undefined = () => undefined,
): TreeNode[] {
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
    ...sweepIfAny(sweepOf(study.studyFile)),
  }));
}

function sweepIfAny(sweep: SweepState | undefined): { readonly sweep?: SweepState } {
  return sweep === undefined ? {} : { sweep };
}

function pinnedFirst(runs: readonly RunSummary[]): RunSummary[] {
  const isPinned = ({ about }: RunSummary): number => (about.pinned === true ? 1 : 0);
  return [...runs].sort((a, b) => isPinned(b) - isPinned(a));
}

export function childNodes(node: TreeNode): TreeNode[] {
  switch (node.kind) {
    case 'study': {
      const { studyFile, sweep, allRuns } = node;
      const { ofSweep, others } = splitRuns(allRuns, sweep);
      const below: TreeNode[] = sweep === undefined ? [] : [{ kind: 'sweep', studyFile, sweep, runs: ofSweep }];
      return [...below, ...runNodes(others)];
    }
    case 'sweep':
      return recipeNodes(node);
    case 'recipe':
      return cellsOf(node).map((each) =>
        'kind' in each
          ? each
          : { kind: 'run', run: each.run, amongModels: false, progress: each.progress, cell: each.progress?.cell.id },
      );
    case 'cell':
      return [];
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
      return `study:${node.studyFile}:${node.allRuns.length > 0 || node.sweep !== undefined}`;
    case 'sweep':
      return `sweep:${node.studyFile}`;
    case 'recipe':
      return `recipe:${node.studyFile}:${node.recipe}`;
    case 'cell':
      return `cell:${node.studyFile}:${node.cell}`;
    case 'run':
      return `run:${node.run.folder}`;
    case 'checkpoint':
      return `checkpoint:${node.run.folder}:${node.epoch}`;
  }
}
