import { markdown, ratio, type Row } from '../markdown';
import type { PerturbationCosts } from './measure';

/** A perturbation a row: the cost it is declared with, its cheapest and dearest severity, and the dearest's share of a forward pass. */
export function perturbationTable({ forward, perturbations }: PerturbationCosts): string {
  const names = [...new Set(perturbations.map(({ name }) => name))];
  const rows = names.map((name): Row => {
    const named = perturbations.filter((each) => each.name === name);
    const costs = named.map(({ milliseconds }) => milliseconds);
    const [least, most] = [Math.min(...costs), Math.max(...costs)];
    const shares = forward.map(({ milliseconds }) => ratio(most / milliseconds));
    return [name, named[0]?.cost ?? '', least.toFixed(3), costs.length > 1 ? most.toFixed(3) : '', ...shares];
  });
  const heads = forward.map(({ architecture, milliseconds }) => `× ${architecture}’s ${milliseconds.toFixed(2)} ms`);
  return markdown([['perturbation', 'declared', 'ms/image', 'at the dearest severity', ...heads], ...rows]);
}
