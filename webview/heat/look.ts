/** How a page's heatmaps look: what the person has changed, over the defaults that come with the view. */
import { computed, effect, type ReadonlySignal } from '@preact/signals';
import type { PanelView } from '../../src/protocol/panelView';
import { appearanceOf, type Appearance, type AppearanceChange } from '../common/heat/appearance';

export interface Look {
  readonly appearance: ReadonlySignal<Appearance>;
  /** Whether the person has changed anything. */
  readonly isChanged: ReadonlySignal<boolean>;
  readonly change: (change: AppearanceChange) => void;
  /** Goes back to the defaults. */
  readonly reset: () => void;
}

/** The page that keeps the changes. */
export interface LookPage {
  readonly view: ReadonlySignal<PanelView | undefined>;
  readonly state: ReadonlySignal<{ readonly look: AppearanceChange }>;
  readonly keep: (part: { readonly look: AppearanceChange }) => void;
}

/** @param own what the page sets in place of the settings, until the person changes it */
export function createLook({ view, state, keep }: LookPage, own?: AppearanceChange): Look {
  // The page keeps much else in its state, of which the heatmaps need not be told.
  const changes = computed(() => state.value.look);
  const appearance = computed(() => appearanceOf(defaultsOf(view.value), own, changes.value));
  showOnPage(appearance);
  return {
    appearance,
    isChanged: computed(() => Object.keys(changes.value).length > 0),
    change: (change) => keep({ look: { ...changes.peek(), ...change } }),
    reset: () => keep({ look: {} }),
  };
}

function defaultsOf(view: PanelView | undefined): AppearanceChange | undefined {
  return view?.kind === 'run' ? view.appearance : undefined;
}

/**
 * Opacity, blending and squares act on all heatmaps by the page's style, so that a drag of the slider redraws no canvas
 * and renders no component. Opacity is a rule and no variable of an ancestor: every element inherits those.
 */
function showOnPage(appearance: ReadonlySignal<Appearance>): void {
  const { dataset } = document.body;
  const sheet = new CSSStyleSheet();
  const rule = sheet.cssRules[sheet.insertRule('.heat {}')] as CSSStyleRule;
  document.adoptedStyleSheets.push(sheet);
  const opacity = computed(() => appearance.value.opacity);
  const blending = computed(() => appearance.value.blending);
  const smooth = computed(() => appearance.value.smooth);
  effect(() => rule.style.setProperty('opacity', String(opacity.value)));
  effect(() => {
    dataset['blending'] = blending.value;
    dataset['cells'] = smooth.value ? 'smooth' : 'squares';
  });
}
