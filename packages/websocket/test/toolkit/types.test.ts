/** The types of a WebSocketServer, as an editor shows them: checked by the compiler; most of the calls are never made. */
import type { IncomingMessage } from 'node:http';
import { refuse, RefusedError, WebSocketServer } from '@ws/server';
import type { PathParams, ServerSocket, UpgradeContext } from '@ws/server';
import { expectTypeOf } from 'expect-type';

interface User {
  readonly name: string;
}

declare function findUser(
  sid: string | undefined,
  options: { signal: AbortSignal },
): Promise<User | undefined>;

/** Code that is to compile, and not to run. */
const compiled = (code: () => unknown): void => expect(code).toBeInstanceOf(Function);

describe('data', () => {
  test('is undefined without a hook', () => {
    const chat = new WebSocketServer();
    expectTypeOf(chat).toEqualTypeOf<WebSocketServer>();
    chat.on('connection', (ws, request) => {
      expectTypeOf(ws.data).toEqualTypeOf<undefined>();
      expectTypeOf(request).toEqualTypeOf<IncomingMessage>();
    });
  });

  test('is what an async hook returns, with refusals in between', () => {
    const chat = new WebSocketServer({
      path: '/chat/:room',
      async upgrade({ params, cookies, signal }) {
        const user = await findUser(cookies.get('sid'), { signal });
        if (user === undefined) return refuse(401, 'Log in first.');
        expectTypeOf(user).toEqualTypeOf<User>();
        if (params.room === 'closed') return refuse(403);
        return { data: { user, room: params.room } };
      },
    });
    type Data = { user: User; room: string };
    expectTypeOf(chat).toEqualTypeOf<WebSocketServer<Data, '/chat/:room'>>();
    chat.on('connection', (ws) => expectTypeOf(ws).toEqualTypeOf<ServerSocket<Data>>());
    expectTypeOf(chat.clients).toEqualTypeOf<ReadonlySet<ServerSocket<Data>>>();
    compiled(async () => {
      for await (const ws of chat) expectTypeOf(ws.data).toEqualTypeOf<Data>();
    });
    type Handled = ReturnType<typeof chat.handle>;
    expectTypeOf<Handled>().toEqualTypeOf<Promise<ServerSocket<Data> | null>>();
  });

  test('is what a hook returns at once, or nothing where it returns none', () => {
    const sync = new WebSocketServer({ upgrade: () => ({ data: 5 }) });
    expectTypeOf(sync).toEqualTypeOf<WebSocketServer<number>>();
    const closing = new WebSocketServer({
      upgrade: ({ bearer }) =>
        bearer === null ? { closeWith: { code: 4401, reason: 'Log in first.' } } : { data: bearer },
    });
    expectTypeOf(closing).toEqualTypeOf<WebSocketServer<string>>();
  });

  test('may be given', () => {
    const chat = new WebSocketServer<User>({ upgrade: () => ({ data: { name: 'Ada' } }) });
    chat.on('connection', (ws) => expectTypeOf(ws.data).toEqualTypeOf<User>());
    // @ts-expect-error -- it is not a User
    compiled(() => new WebSocketServer<User>({ upgrade: () => ({ data: { nam: 'Ada' } }) }));
  });
});

describe('params', () => {
  test('are those of the pattern', () => {
    expectTypeOf<PathParams<'/'>>().toEqualTypeOf<unknown>();
    expectTypeOf<PathParams<'/chat/:room'>['room']>().toEqualTypeOf<string>();
    expectTypeOf<PathParams<'/:a/x/:b'>['a' | 'b']>().toEqualTypeOf<string>();
    expectTypeOf<PathParams<'/files/*'>['*']>().toEqualTypeOf<string>();
    expectTypeOf<PathParams<string>>().toEqualTypeOf<Readonly<Record<string, string>>>();
  });

  test('of a list of patterns are those of one of them', () => {
    const chat = new WebSocketServer({
      path: ['/chat/:room', '/direct/:user'],
      upgrade({ params }) {
        expectTypeOf(params).toEqualTypeOf<{ readonly room: string } | { readonly user: string }>();
        return { data: 'room' in params ? params.room : params.user };
      },
    });
    chat.on('connection', (ws) => expectTypeOf(ws.data).toEqualTypeOf<string>());
    chat.on('refused', ({ context }) =>
      expectTypeOf(context).toEqualTypeOf<UpgradeContext<'/chat/:room' | '/direct/:user'>>(),
    );
  });

  test('that the pattern does not have do not compile', () => {
    compiled(
      () =>
        new WebSocketServer({
          path: '/chat/:room',
          // @ts-expect-error -- there is no :user
          upgrade: ({ params }) => ({ data: params.user as string }),
        }),
    );
  });
});

test('what refuse() returns is told from an acceptance', () => {
  const answer = (status: number) => (status === 101 ? { data: 1 } : refuse(status));
  const result = answer(401);
  if (result instanceof RefusedError) expectTypeOf(result.statusCode).toEqualTypeOf<number>();
  else expectTypeOf(result).toEqualTypeOf<{ data: number }>();
});

test('a hook that returns something else does not compile', () => {
  // @ts-expect-error -- neither an acceptance nor a refusal
  compiled(() => new WebSocketServer({ upgrade: () => 5 }));
});
