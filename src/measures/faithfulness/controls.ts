/** What a map is held against: maps that know nothing of the checkpoint, at the resolution of the method's map. */

export interface Control {
  readonly id: ControlId;
  /** In a sentence: "a random map". */
  readonly name: string;
  readonly description: string;
}

export const CONTROL_IDS = ['random', 'blob', 'edge', 'untrained'] as const;
export type ControlId = (typeof CONTROL_IDS)[number];

export const CONTROLS: readonly Control[] = [
  { id: 'random', name: 'a random map', description: 'An even draw for each cell, of the seed and the image.' },
  {
    id: 'blob',
    name: 'a centred blob',
    description: 'A Gaussian around the image’s centre; its deviation is a quarter of the side.',
  },
  {
    id: 'edge',
    name: 'an edge map',
    description: 'The magnitude of the luminance’s gradient (Sobel), averaged over each cell.',
  },
  {
    id: 'untrained',
    name: 'the untrained checkpoint’s map',
    description: 'The same method’s map of the same class, of the network before the first step.',
  },
];

export function controlOf(id: ControlId): Control {
  return CONTROLS.find((control) => control.id === id) as Control;
}
