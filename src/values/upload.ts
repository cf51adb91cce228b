/**
 * An uploaded file as a resolver gets it: the file follows the operation in the request, so there is only the promise of it.
 * What that resolves to is decided by whoever reads the request (src/server/http/multipart.ts).
 */
import { GraphQLScalarType } from 'graphql';
import GraphQLUpload from 'graphql-upload/GraphQLUpload.mjs';
import Upload from 'graphql-upload/Upload.mjs';

/** Not the promise itself: type-graphql waits for promises among the arguments before it calls a resolver. */
export interface Uploading<File> {
  readonly arrival: Promise<File>;
}

export const UploadScalar = new GraphQLScalarType<Uploading<unknown>, never>({
  ...GraphQLUpload.toConfig(),
  description: 'A file, sent by GraphQL multipart.',
  specifiedByURL: 'https://github.com/jaydenseric/graphql-multipart-request-spec',
  parseValue: (value) => ({ arrival: GraphQLUpload.parseValue(value) }),
  parseLiteral: (node) => ({ arrival: GraphQLUpload.parseLiteral(node) }),
});

export { Upload };
