/** Runs one statement and answers its rows; `name` is the same for the same text, so that it can be prepared. */
export type RunQuery = <Row>(statement: {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}) => Promise<Row[]>;
