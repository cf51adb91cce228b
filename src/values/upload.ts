/**
 * An uploaded file as a resolver gets it: a promise, because the file follows the operation in the request. What it resolves
 * to is decided by whoever reads the request (src/server/http/multipart.ts).
 */
import GraphQLUpload from 'graphql-upload/GraphQLUpload.mjs';
import Upload from 'graphql-upload/Upload.mjs';

export const UploadScalar = GraphQLUpload;
export { Upload };
