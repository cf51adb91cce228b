import { randomUUID } from 'node:crypto';
import { sendFile, somePdf } from '../uploads.ts';
import { user, wrongVersioned, wrongVersionedProblems, type RecordRow } from './record-row.ts';

const add = `mutation ($input: AddAttachmentInput!, $file: Upload!) {
  written: addAttachment(input: $input, file: $file) { id version }
}`;

const wrongMembers = {
  description: 'x'.repeat(2_001),
  validFrom: '2026-02-01',
  validUntil: '2026-01-31',
};
const wrongMembersProblems = ['input.description TOO_LONG', 'input.validUntil NOT_BEFORE'];

export const Attachment: RecordRow = {
  table: 'attachment',
  recordType: 'ATTACHMENT',
  make: {
    mutation: 'addAttachment',
    input: ({ card }) => ({ id: randomUUID(), clientId: card.id, category: 'OTHER' }),
    send: ({ service }, input) => sendFile(service, add, input, somePdf()),
    wrong: {
      input: { id: 'x', clientId: user, category: 'OTHER', ...wrongMembers },
      problems: ['input.id ID', 'input.clientId ID', ...wrongMembersProblems],
    },
  },
  change: {
    mutation: 'updateAttachment',
    member: 'description',
    values: ['Ramowa', 'Aneks'],
    wrong: {
      input: { ...wrongVersioned, category: null, ...wrongMembers },
      problems: [...wrongVersionedProblems, 'input.category REQUIRED', ...wrongMembersProblems],
    },
  },
  remove: 'removeAttachment',
  restore: 'restoreRecord',
  elsewhere: ['reviseAttachment'],
  erase: 'eraseAttachment',
};
