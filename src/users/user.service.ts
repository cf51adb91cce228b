/** Who may sign in. What else is known of users, the login tells (login/known-users.ts). */
import type { Recorder } from '../changes/recorder.ts';
import { InputRejected } from '../errors.ts';
import type { Actor } from '../request.ts';
import { keyOf } from '../values/record-id.ts';
import type { SetUserActiveInput } from './user.inputs.ts';
import { userKind } from './user.kind.ts';
import type { UserRow } from './user.read.ts';

export class UserService {
  constructor(private readonly recorder: Recorder) {}

  /** Effective with their next request, everywhere. Throws RecordNotFound; InputRejected with code SELF. */
  setActive(actor: Actor, { id, active }: SetUserActiveInput): Promise<UserRow> {
    const key = keyOf('user', id, 'input.id');
    // Or the last administrator could shut everybody out.
    if (key === actor.id && !active)
      throw new InputRejected([{ path: 'input.id', code: 'SELF', message: 'you cannot shut yourself out' }]);
    return this.recorder.write(actor, async (writing) => {
      await writing.update(userKind, await writing.lockAny(userKind, key, 'input.id'), { active });
      return writing.read(userKind, key);
    });
  }
}
