/** What the panel shows while there is nothing to show of a run: the reason, and actions. */
import type { ShownTests } from '../../src/protocol/robustnessPanel';
import type { PanelAction } from '../../src/protocol/runPanel';
import { progressRing } from '../common/controls';
import { h } from '../common/dom';
import { emptyState } from '../common/emptyState';
import type { RobustnessState } from './robustnessState';
import type { SavedState } from './savedState';

export interface EmptyViewOptions {
  readonly act: (action: PanelAction) => void;
  readonly compute: () => void;
  readonly chooseFiles: (files: 'ask') => void;
  readonly change: (part: Partial<SavedState>) => void;
}

/**
 * @param model undefined until the run's tests are known
 * @returns undefined where there is something to show
 */
export function emptyView(model: RobustnessState | undefined, options: EmptyViewOptions): HTMLElement | undefined {
  if (model === undefined) return waiting('Looking at what is known of the tests…');
  if (model.checkpoints.length === 0) {
    const text = 'None of the chosen checkpoints is there.';
    const epochs = model.view.checkpoints.map(({ epoch }) => epoch);
    const actions = [{ label: 'Show All Checkpoints', onClick: () => options.change({ epochs }) }];
    return emptyState({ icon: 'epochs', title: 'No checkpoints are shown', text, actions });
  }
  return model.state.tab === 'tests' ? noTests(model, options) : noImage(model, options);
}

function waiting(text: string): HTMLElement {
  return h('div', { class: 'empty-state' }, progressRing(text), h('p', {}, text));
}

function noTests({ tests, view, rows }: RobustnessState, options: EmptyViewOptions): HTMLElement | undefined {
  const openStudy = { label: 'Open Study File', onClick: () => options.act('openStudy') };
  if (tests.problem !== null) {
    return emptyState({
      icon: 'warning',
      title: 'The perturbations cannot be read',
      text: tests.problem,
      actions: [openStudy],
    });
  }
  if (tests.tests.length === 0) {
    return emptyState({
      icon: 'shield',
      title: 'The study has no perturbations yet',
      text: 'Add some to its list, such as { "kind": "gaussianNoise", "standardDeviation": 0.1 }, and say what must hold with "expect". A single image can be looked at under the published ones at once.',
      actions: [openStudy, { label: 'Look at One Image', onClick: () => options.change({ tab: 'image' }) }],
    });
  }
  if (!tests.known) return waiting('Looking at what is known of the tests…');
  if (tests.computing || rows.some(({ outcome }) => outcome !== undefined)) return undefined;
  return emptyState({
    icon: 'shield',
    title: 'Nothing has been computed yet',
    text: `${countOf(tests, rows.length)}. What is computed is kept: only what changes later is computed again.`,
    actions: view.trusted
      ? [{ label: 'Compute', icon: 'play', onClick: options.compute }, openStudy]
      : [{ label: 'Manage Workspace Trust', onClick: () => options.act('manageTrust') }],
  });
}

function countOf({ tests }: ShownTests, results: number): string {
  const perturbations = `${tests.length} ${tests.length === 1 ? 'perturbation' : 'perturbations'}`;
  const checkpoints = results / Math.max(tests.length, 1);
  return `${perturbations} at ${checkpoints} ${checkpoints === 1 ? 'checkpoint' : 'checkpoints'} are to be measured on the test images`;
}

function noImage({ view }: RobustnessState, options: EmptyViewOptions): HTMLElement | undefined {
  if (view.images.length > 0) return undefined;
  return emptyState({
    icon: 'images',
    title: 'No images are chosen',
    text: 'Choose some of the data set in the gallery, where they are kept in the study file, or take image files of your own.',
    actions: [
      { label: 'Choose in Gallery', onClick: () => options.act('openGallery') },
      { label: 'Image Files…', onClick: () => options.chooseFiles('ask') },
    ],
  });
}
