/** What an attack is called. */

interface Named {
  readonly kind: 'fgsm' | 'pgd';
  readonly norm: 'linf' | 'l2';
  readonly epsilon: number;
  readonly steps: number;
  readonly restarts: number;
}

/** "FGSM L∞ 8/255", "PGD-10 L2 0.5, 5 restarts". */
export function attackTitle({ kind, norm, epsilon, steps, restarts }: Named): string {
  const name = kind === 'fgsm' ? 'FGSM' : `PGD-${steps}`;
  const more = restarts > 1 ? `, ${restarts} restarts` : '';
  return `${name} ${norm === 'linf' ? 'L∞' : 'L2'} ${distanceText(epsilon)}${more}`;
}

/** As papers write it: in 255ths where it is a whole number of them and less than one. */
export function distanceText(distance: number): string {
  const levels = distance * 255;
  const isWhole = Math.abs(levels - Math.round(levels)) < 1e-9;
  return isWhole && distance < 1 ? `${Math.round(levels)}/255` : String(Number(distance.toPrecision(6)));
}
