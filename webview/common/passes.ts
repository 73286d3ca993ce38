/** What heatmaps cost, by their methods' own count. */
import { chooseMethod, passesOf, type Passes } from '../../src/explanations';
import type { DescribedChoice } from '../../src/explanations/descriptions';
import { isClosedForm, type ExplainedView } from './explanation';

/** What the maps of one image at one checkpoint cost. */
export function passesHere(view: ExplainedView, chosen: DescribedChoice, layer: string): Passes {
  return passesOfClasses(view, chosen, layer, view.classNames.length);
}

/** What the map of one class of one image at one checkpoint costs. */
export function passesOfOneClass(view: ExplainedView, chosen: DescribedChoice, layer: string): Passes {
  return passesOfClasses(view, chosen, layer, 1);
}

function passesOfClasses(view: ExplainedView, chosen: DescribedChoice, layer: string, classes: number): Passes {
  const { method, parameters } = chosen;
  const size = { classes, inputSize: view.inputSize };
  return passesOf(chooseMethod(method.id, parameters), size, isClosedForm(view, chosen, layer));
}
