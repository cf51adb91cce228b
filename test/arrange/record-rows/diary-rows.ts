import { randomUUID } from 'node:crypto';
import { eventInput, noteInput } from '../cards.ts';
import { client, user, wrongVersioned, wrongVersionedProblems, type RecordRow } from './record-row.ts';

export const Note: RecordRow = {
  table: 'note',
  recordType: 'NOTE',
  make: {
    mutation: 'addNote',
    input: ({ card }) => noteInput(card, { id: randomUUID() }),
    wrong: {
      input: { id: client, clientId: user, text: ' \n' },
      problems: ['input.clientId ID', 'input.id ID', 'input.text REQUIRED'],
    },
  },
  change: {
    mutation: 'updateNote',
    member: 'text',
    values: ['Jeden', 'Dwa'],
    wrong: {
      input: { ...wrongVersioned, text: null, pinned: null },
      problems: [...wrongVersionedProblems, 'input.pinned REQUIRED', 'input.text REQUIRED'],
    },
  },
  remove: 'removeNote',
  restore: 'restoreRecord',
  erase: 'eraseNote',
};

const wrongTimes = {
  startsAt: '2026-02-03T10:00:00Z',
  endsAt: '2026-02-03T09:00:00Z',
  participantIds: [user],
  attendeeIds: [client],
};
const wrongTimesProblems = ['input.attendeeIds.0 ID', 'input.endsAt NOT_BEFORE', 'input.participantIds.0 ID'];

export const Event: RecordRow = {
  table: 'event',
  recordType: 'EVENT',
  make: {
    mutation: 'addEvent',
    input: ({ card }) => eventInput(card, { id: randomUUID() }),
    wrong: {
      input: { ...wrongTimes, kind: 'CALL', id: client, clientId: user, subject: '', location: 'a\nb' },
      problems: [
        ...wrongTimesProblems,
        'input.clientId ID',
        'input.id ID',
        'input.location CHARACTERS',
        'input.subject REQUIRED',
      ],
    },
  },
  change: {
    mutation: 'updateEvent',
    member: 'subject',
    values: ['Jeden', 'Dwa'],
    wrong: {
      input: { ...wrongTimes, ...wrongVersioned, kind: null, status: null, subject: null },
      problems: [
        ...wrongTimesProblems,
        ...wrongVersionedProblems,
        'input.kind REQUIRED',
        'input.status REQUIRED',
        'input.subject REQUIRED',
      ],
    },
  },
  remove: 'removeEvent',
  restore: 'restoreRecord',
  erase: 'eraseEvent',
};
