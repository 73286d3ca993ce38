import { expect, test } from 'vitest';
import { reasonIn } from '../../../../src/extension/training/logTail';

test('the reason is what the command line says of it', () => {
  expect(reasonIn('Data: 10 images\nepochlens: no such weights file: found nothing\n')).toBe(
    'no such weights file: found nothing',
  );
});

test('without one it is the last line, or that there is none', () => {
  expect(reasonIn('Killed\n\n')).toBe('Killed');
  expect(reasonIn('')).toBe('its process was ended from outside');
});
