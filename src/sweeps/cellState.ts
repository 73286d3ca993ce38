/** How far a cell of a sweep can be. */

/**
 * 'new': nobody asked for it yet. 'queued': it waits its turn. 'training', 'testing': a process works on it. 'done': it is
 * trained to the end, and tested as the sweep asks. 'failed', 'cancelled', 'interrupted': as its newest run says, or what
 * became of its task on a cluster.
 */
export type CellState = 'new' | 'queued' | 'training' | 'testing' | 'done' | 'failed' | 'cancelled' | 'interrupted';
