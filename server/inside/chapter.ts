import type {
  CallAnswer,
  CallInput,
  CallName,
  StreamEvent,
  StreamInput,
  StreamName,
} from '#contracts/inside/protocol.ts'

/** A visitor who has the page open. */
export type Visitor = {
  id: string
  /** Whom the visitor counts for where things are shared out (`addressKey`). */
  address: string
  /** Called once, when the visitor has gone: what was started for them ends then. */
  onLeave(end: () => void): void
}

type Calls = { [Name in CallName]: (input: CallInput<Name>, visitor: Visitor) => Promise<CallAnswer<Name>> }
type Streams = {
  /** Emits until the returned function is called. */
  [Name in StreamName]: (
    input: StreamInput<Name>,
    emit: (event: StreamEvent<Name>) => void,
    visitor: Visitor,
  ) => Promise<() => void>
}

/** One part of the page, as the server sees it: what can be asked, and what can be watched. Failures are ProblemErrors. */
export type Chapter = {
  calls?: Partial<Calls>
  streams?: Partial<Streams>
  /** Ends all that it has started. */
  close?(): Promise<void>
}
