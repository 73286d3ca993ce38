import { expect, test } from 'vitest';
import { ANY_SOURCE } from '../../../../src/protocol/anySource';
import type { PanelView } from '../../../../src/protocol/panelView';
import { createPageMessages } from '../../../../src/extension/runPanel/pageMessages';

const VIEW: PanelView = { kind: 'failed', title: 'Heatmaps', source: ANY_SOURCE, message: 'no run' };

function harness() {
  const heard: [string, unknown][] = [];
  const page = { connected: true, tell: (name: string, value: unknown) => void heard.push([name, value]) };
  return { heard, page, telling: createPageMessages(() => page) };
}

test('the same is told once, and again to a page that was loaded anew', () => {
  const { heard, telling } = harness();
  for (const done of [1, 1, 2]) telling.ifNew('tests', { done });
  telling.loaded(VIEW);
  // The view is the answer to its first question.
  telling.ifNew('view', { ...VIEW });
  telling.ifNew('tests', { done: 2 });
  expect(heard).toEqual([
    ['tests', { done: 1 }],
    ['tests', { done: 2 }],
    ['tests', { done: 2 }],
  ]);
});

test('a wish waits for a page, and is told once', () => {
  const { heard, page, telling } = harness();
  page.connected = false;
  telling.setPending({ epoch: 1 });
  telling.setPending({ epoch: 3 });
  telling.sendPending();
  expect(heard).toEqual([]);
  page.connected = true;
  telling.sendPending();
  telling.sendPending();
  expect(heard).toEqual([['show', { epoch: 3 }]]);
});
