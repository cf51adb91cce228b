/** graphql-upload describes its types in comments that TypeScript does not read from packages. */
declare module 'graphql-upload/GraphQLUpload.mjs' {
  import type { GraphQLScalarType } from 'graphql';

  const GraphQLUpload: GraphQLScalarType<Promise<unknown>, never>;
  export default GraphQLUpload;
}

declare module 'graphql-upload/Upload.mjs' {
  /** Stands in an operation's variables for a file that follows. */
  export default class Upload {
    readonly promise: Promise<unknown>;
    /** What `resolve` was called with. */
    readonly file: unknown;
    resolve(file: unknown): void;
    reject(fault: Error): void;
  }
}
