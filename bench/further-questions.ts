/** What is asked in the contests that are not about reading clients by key: searches, files and notes. */
import { randomBytes } from 'node:crypto';
import type { Questions } from './questions.ts';

/** Over the bench's own cards: some find thousands, some one, and some only once a mistake is forgiven. */
const searches = [
  'trzewik',
  'trzewik 4242',
  'łapeć kraków',
  'sciezka',
  'żwawa stopa gdańsk',
  'obcas nr 77',
  'nowak',
  'anna wiśniewska',
  'łukasik świdnica',
  'cholew',
  'zewik',
  'ćmiel',
  'BENCH-004711',
  '9000005150',
  '+48122003141',
  '600002718',
  'sandla 99',
  'trzweik radom',
  'kowlaczyk',
  'warszawa',
];

const searchQuery = `query Search($search: String!) {
  clients(search: $search) { nodes { id code shortName taxId address { city } } totalCount }
}`;

export const searchQuestions = (): Questions => ({
  service: searches.map((search) => JSON.stringify({ query: searchQuery, variables: { search } })),
  limit: { path: '/search', bodies: searches.map((search) => JSON.stringify({ search })) },
});

const noteText = 'Zadzwonić w piątek w sprawie zamówienia jesiennego; pytają o rabat.';

const addNote = `mutation AddNote($input: AddNoteInput!) {
  addNote(input: $input) { id text pinned version createdBy }
}`;

/** Each answer is of a record of its own. */
const withoutId = (answer: unknown): unknown => {
  const { data } = answer as { readonly data: { readonly addNote: Readonly<Record<string, unknown>> } };
  const { id: _id, ...note } = data.addNote;
  return note;
};

export const noteQuestions = (ids: readonly string[]): Questions => ({
  service: ids.map((clientId) =>
    JSON.stringify({ query: addNote, variables: { input: { clientId, text: noteText } } }),
  ),
  limit: {
    path: '/note',
    bodies: ids.map((id) => JSON.stringify({ key: id.slice(id.indexOf('_') + 1), text: noteText })),
  },
  compared: withoutId,
});

const boundary = 'kartoteka-bench';
const fileSize = 1_048_576;

const addAttachment = `mutation AddAttachment($input: AddAttachmentInput!, $file: Upload!) {
  addAttachment(input: $input, file: $file) { size }
}`;

const field = (name: string, value: string): string =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** A PDF by its beginning, in letters alone: the load carries bodies as text. */
function someFile(): string {
  const begin = '%PDF-1.7\n';
  return (
    begin +
    randomBytes(fileSize / 2)
      .toString('hex')
      .slice(begin.length)
  );
}

export function uploadQuestions(clientId: string): Questions {
  const file = someFile();
  const variables = { input: { clientId, category: 'OTHER' }, file: null };
  const form =
    field('operations', JSON.stringify({ query: addAttachment, variables })) +
    field('map', '{"0":["variables.file"]}') +
    `--${boundary}\r\ncontent-disposition: form-data; name="0"; filename="Umowa.pdf"\r\n\r\n${file}\r\n--${boundary}--\r\n`;
  return {
    service: [form],
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'apollo-require-preflight': '1',
    },
    limit: { path: '/upload', bodies: [file] },
  };
}
