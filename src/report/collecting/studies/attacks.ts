import { attackTitles } from '../../../measures/attacks/text';
import type { AttacksContent } from '../../studies';
import { askedFor, type Asked } from './asked';

/** Those that the study names. */
export async function collectAttacks(asked: Asked): Promise<AttacksContent | undefined> {
  const { request, run, study, compute, progress } = asked;
  const { attacks = [] } = study;
  if (attacks.length === 0) return undefined;
  const count = progress.count('gradients');
  const titles = attackTitles(attacks);
  const found = attacks.map((attack, at) => ({
    title: titles[at] ?? '',
    attack,
    epochs: [] as AttacksContent['attacks'][number]['epochs'][number][],
  }));
  const { epochs } = askedFor(asked);
  await request('attack', { run: run.folder, epochs, attacks, compute }, (value) => {
    if (value.kind === 'count') count(value.done, value.of);
    if (value.kind !== 'result') return;
    const { entry, epoch, attacked, misses } = value;
    found[entry]?.epochs.push({ epoch, attacked, misses: misses.map(({ text }) => text) });
  });
  const measured = found.filter((each) => each.epochs.length > 0);
  for (const each of measured) each.epochs.sort((a, b) => a.epoch - b.epoch);
  return measured.length === 0 ? undefined : { attacks: measured };
}
