/** Where a training is told of outside of EpochLens, while it runs. No weight and no result depends on it. */
import * as z from 'zod';

const uriSchema = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/)
  .meta({
    description:
      'The address of an MLflow tracking server. Credentials are taken from the environment, as by MLflow’s own client, and go only to the server that MLFLOW_TRACKING_URI names.',
    absent: 'that of the environment variable MLFLOW_TRACKING_URI',
    patternErrorMessage: 'an http or https address without user, password or query, such as "http://localhost:5000"',
    examples: ['http://localhost:5000'],
  });

const mlflowSchema = z.strictObject({
  uri: uriSchema.exactOptional(),
  experiment: z.string().min(1).max(500).exactOptional().meta({
    description: 'The experiment that runs are put into; it is made where it is absent.',
    absent: 'the study’s name',
  }),
});

export const loggingSchema = z
  .strictObject({
    tensorboard: z
      .boolean()
      .exactOptional()
      .meta({
        description:
          'Whether trainings write event files for TensorBoard as they go, into .epochlens/tensorboard beside the runs.',
        absent: 'no, unless the setting epochlens.logging.tensorboard says so',
        examples: [true],
      }),
    mlflow: mlflowSchema.exactOptional().meta({
      description:
        'The MLflow server that trainings tell of their settings and numbers as they go, over its REST interface.',
      absent: 'none',
      examples: [{ uri: 'http://localhost:5000', experiment: 'cifar10' }],
    }),
  })
  .optional()
  .meta({
    description: 'Which other tools trainings are shown in, while they run. It plays no part in what is trained.',
    absent: 'none',
    examples: [{ tensorboard: true }],
  });
export type LoggingSettings = NonNullable<z.output<typeof loggingSchema>>;
