/** Networks from files beside those that are known by name. */
export * from './read';
