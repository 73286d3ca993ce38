/** What the cluster's options take on the command line. */
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addClusterOptions } from '../../../../src/cli/cluster/options';

const parse = (...words: string[]): object =>
  addClusterOptions(new Command()).exitOverride().parse(words, { from: 'user' }).opts();

it.each([
  [
    ['--node-local', 'relative/dir'],
    '--node-local: not a folder of each node’s own: found "relative/dir", expected an absolute path',
  ],
  [['--node-local', ''], '--node-local: not a folder of each node’s own: found ""'],
  [['--node-local', '~/copies'], '--node-local: '],
  [['--image', ''], '--image: this option takes a name: found ""'],
  [['--image', ' '], '--image: '],
  [['--claim', ''], '--claim: this option takes a name: found ""'],
])('%j is refused', (words, said) => {
  expect(() => parse(...words)).toThrow(said);
});

it('absolute folders and names are taken as they are', () => {
  const words = ['--node-local', '/tmp/a b', '--image', 'registry.example/e:1', '--claim', 'a:/b'];
  expect(parse(...words)).toEqual({ nodeLocal: '/tmp/a b', image: 'registry.example/e:1', claim: 'a:/b' });
});
