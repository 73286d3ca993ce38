/** The parameter of methods that hide pixels. */
export const FILL = {
  kind: 'choice',
  default: 'mean',
  choices: ['mean', 'black'],
  description: 'What hidden pixels become: the image’s mean colour, or black.',
} as const;

export type Fill = (typeof FILL.choices)[number];
