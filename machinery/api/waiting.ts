import { type Infer, object, string, time } from './schema.ts'

/** No wait without an owner, a deadline and a next action. */
export const WaitingFor = object(
  {
    what: string('A sentence: what has to happen.'),
    who: string('Who has to do it.'),
    since: time(),
    until: time('When waiting ends.'),
    next: string('A sentence: what happens at that time.'),
  },
  { required: ['what', 'who', 'since'] },
)
export type WaitingFor = Infer<typeof WaitingFor>
