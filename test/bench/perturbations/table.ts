import { markdown, ratio, type Row } from '../markdown';
import type { PerturbationCosts } from './measure';

/** A perturbation a row: its cheapest and dearest severity, and the dearest's share of a forward pass. */
export function perturbationTable({ forward, perturbations }: PerturbationCosts): string {
  const names = [...new Set(perturbations.map(({ name }) => name))];
  const rows = names.map((name): Row => {
    const costs = perturbations.filter((cost) => cost.name === name).map(({ milliseconds }) => milliseconds);
    const [least, most] = [Math.min(...costs), Math.max(...costs)];
    const shares = forward.map(({ milliseconds }) => ratio(most / milliseconds));
    return [name, least.toFixed(3), costs.length > 1 ? most.toFixed(3) : '', ...shares];
  });
  const heads = forward.map(({ architecture, milliseconds }) => `× ${architecture}’s ${milliseconds.toFixed(2)} ms`);
  return markdown([['perturbation', 'ms/image', 'at the dearest severity', ...heads], ...rows]);
}
