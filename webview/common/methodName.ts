/** Names the explanation method of a panel that follows the study's. */
import { METHODS, methodText } from '../../src/explanations';
import { h } from './dom';
import { field } from './field';

export interface MethodName {
  readonly element: HTMLElement;
  update(id: string): void;
}

export function createMethodName(): MethodName {
  const name = h('span', {});
  return {
    element: field('Method', name),
    update(id) {
      const method = METHODS.find((each) => each.id === id);
      name.textContent = method?.name ?? id;
      name.title = method === undefined ? '' : `${methodText(method)} The study file says which.`;
    },
  };
}
