/**
 * The two fields that come before the files of a multipart request: `operations`, the GraphQL request with null where a file
 * belongs, and `map`, which says for each file where that is.
 */
import { InputRejected } from '../../errors.ts';
import { Upload } from '../../values/upload.ts';

/** No honest operation puts more files in more places. */
const maximumPlaces = 50;

const refused = (path: string, code: string, message: string): InputRejected =>
  new InputRejected([{ path, code, message }]);

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Puts the upload where the path leads; only a null that is there gives way to a file. */
function place(operations: Fields, path: string, upload: Upload): boolean {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let holder: unknown = operations;
  for (const step of steps) {
    if (!isFields(holder) || !Object.hasOwn(holder, step)) return false;
    holder = holder[step];
  }
  if (steps[0] !== 'variables' || !isFields(holder)) return false;
  if (!Object.hasOwn(holder, last) || holder[last] !== null) return false;
  holder[last] = upload;
  return true;
}

/** The uploads by the names of their parts, each already standing in the operation. Throws InputRejected. */
export function placeUploads(operations: Fields, map: unknown, maximumFiles: number): Map<string, Upload> {
  if (!isFields(map) || Array.isArray(map)) throw refused('map', 'MAP', 'map must be a JSON object');
  const entries = Object.entries(map);
  if (entries.length > maximumFiles)
    throw refused('map', 'TOO_MANY', `at most ${maximumFiles} files in one request`);
  const uploads = new Map<string, Upload>();
  let places = 0;
  for (const [name, paths] of entries) {
    const at = `map.${name.slice(0, 60)}`;
    if (!Array.isArray(paths) || paths.length === 0)
      throw refused(at, 'MAP', 'must be a list of paths such as "variables.file"');
    const upload = new Upload();
    for (const path of paths as unknown[]) {
      places += 1;
      if (places > maximumPlaces) throw refused('map', 'TOO_MANY', `at most ${maximumPlaces} paths`);
      if (typeof path !== 'string' || !place(operations, path, upload))
        throw refused(at, 'MAP', 'leads to no null among the variables of the operation');
    }
    uploads.set(name, upload);
  }
  return uploads;
}
