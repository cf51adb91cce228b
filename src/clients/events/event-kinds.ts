/** What an event is, and how it stands. */
export enum EventKind {
  MEETING = 'MEETING',
  CALL = 'CALL',
  EMAIL = 'EMAIL',
  TASK = 'TASK',
  COMPLAINT = 'COMPLAINT',
  VISIT = 'VISIT',
  OTHER = 'OTHER',
}

export enum EventStatus {
  PLANNED = 'PLANNED',
  DONE = 'DONE',
  CANCELLED = 'CANCELLED',
}
