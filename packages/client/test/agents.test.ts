/** Agents of others: those of npm that go through proxies, and those that look at the request. */
import { Agent } from 'node:http';
import type { ClientRequest } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { ProxyAgent } from 'proxy-agent';
import { SocksProxyAgent } from 'socks-proxy-agent';
import type { ClientOptions } from '../src';
import { nextEvent } from '../../websocket/test/support/observed';
import { releaseLater } from '../../websocket/test/support/release';
import { listen } from '../../websocket/test/support/test-server';
import { answering, dialled, rightAnswer } from './answering';
import { certificates } from './certificates';
import type { Certificates } from './certificates';
import { echoServer, expectEcho } from './echo-server';
import { answering as proxyAnswering, open, proxyThat } from './proxy';
import { socksProxy } from './socks-proxy';

let issued: Certificates;

beforeAll(async () => {
  issued = await certificates();
});

function kept<Made extends Agent>(agent: Made): Made {
  releaseLater(() => agent.destroy());
  return agent;
}

/** Each makes an agent, and tells how many tunnels its proxy was asked for. */
const AGENTS: [name: string, make: () => Promise<{ agent: Agent; tunnels: () => number }>][] = [
  [
    'https-proxy-agent',
    async () => {
      const { origin, asked } = await proxyThat(open);
      return { agent: kept(new HttpsProxyAgent(origin)), tunnels: () => asked.length };
    },
  ],
  [
    'https-proxy-agent over TLS',
    async () => {
      const { origin, asked } = await proxyThat(open, issued.valid);
      const agent = kept(new HttpsProxyAgent(origin, { ca: issued.ca.cert }));
      return { agent, tunnels: () => asked.length };
    },
  ],
  [
    'https-proxy-agent with a limit of sockets',
    async () => {
      const { origin, asked } = await proxyThat(open);
      const agent = kept(new HttpsProxyAgent(origin, { keepAlive: true, maxSockets: 1 }));
      return { agent, tunnels: () => asked.length };
    },
  ],
  [
    'socks-proxy-agent',
    async () => {
      const { url, asked } = await socksProxy();
      return { agent: kept(new SocksProxyAgent(url)), tunnels: () => asked.length };
    },
  ],
  [
    'proxy-agent with an HTTP proxy',
    async () => {
      const { origin, asked } = await proxyThat(open);
      const agent = kept(new ProxyAgent({ getProxyForUrl: () => origin }));
      return { agent, tunnels: () => asked.length };
    },
  ],
  [
    'proxy-agent with a SOCKS proxy',
    async () => {
      const { url, asked } = await socksProxy();
      const agent = kept(new ProxyAgent({ getProxyForUrl: () => url }));
      return { agent, tunnels: () => asked.length };
    },
  ],
];

describe.each(AGENTS)('%s', (_, make) => {
  test('dials ws:', async () => {
    const { agent, tunnels } = await make();
    const server = await echoServer();
    const { ws, closed } = await expectEcho(server.url, { agent });
    ws.close(1000);
    expect((await closed).wasClean).toBe(true);
    expect(tunnels()).toBe(1);
  });

  test.each(['localhost', '127.0.0.1'])('dials wss: to %s', async (host) => {
    const { agent, tunnels } = await make();
    const server = await echoServer(issued.valid);
    await expectEcho(`wss://${host}:${server.port}/`, { agent, ca: issued.ca.cert });
    expect((await server.next()).servername).toBe(host === 'localhost' && host);
    expect(tunnels()).toBe(1);
  });

  test('dials wss: to an address that the certificate is for, and no name', async () => {
    const { agent } = await make();
    const server = await echoServer(issued.address);
    await expectEcho(`wss://127.0.0.1:${server.port}/`, { agent, ca: issued.ca.cert });
  });

  test.each([
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['otherHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('verifies: a certificate that is %s', async (name, code) => {
    const { agent } = await make();
    const { port } = await echoServer(issued[name]);
    const options = { agent, ca: issued.ca.cert };
    const { events, closed } = dialled(`wss://127.0.0.1:${port}/`, [], options);
    await closed;
    expect(events).toEqual([`error ${code}`, 'close 1006']);
  });
});

test.each<[string, object, (issued: Certificates) => ClientOptions]>([
  ['an agent’s', { servername: 'wrong.example' }, ({ ca }) => ({ ca: ca.cert })],
  ['a', {}, ({ ca }) => ({ tls: { ca: ca.cert, servername: 'wrong.example' } })],
])('%s servername is what the certificate of an address must be for', async (_, own, options) => {
  const server = await echoServer(issued.otherHost);
  const agent = kept(new TlsAgent(own));
  await expectEcho(`wss://127.0.0.1:${server.port}/`, { agent, ...options(issued) });
  expect((await server.next()).servername).toBe('wrong.example');
});

test('proxy-agent may say that there is no proxy', async () => {
  const agent = kept(new ProxyAgent({ getProxyForUrl: () => '' }));
  const plain = await echoServer();
  await expectEcho(plain.url, { agent });
  const { port } = await echoServer(issued.valid);
  await expectEcho(`wss://localhost:${port}/`, { agent, family: 4, ca: issued.ca.cert });
});

test('proxy-agent is told which URL it is', async () => {
  const asked: string[] = [];
  const getProxyForUrl = (url: string): string => (asked.push(url), '');
  const server = await echoServer();
  await expectEcho(`${server.url}chat?a=1`, { agent: kept(new ProxyAgent({ getProxyForUrl })) });
  expect(asked).toEqual([`${server.url}chat?a=1`]);
});

test.each([
  ['refuses', 'error WS_ERR_UNEXPECTED_STATUS'],
  ['is not there', 'error ECONNREFUSED'],
  ['closes', 'error WS_ERR_CONNECT'],
])('a proxy that %s', async (what, error) => {
  const closing = await listen(createServer((socket) => socket.end()));
  const origin = {
    refuses: (await proxyThat(proxyAnswering('407 Proxy Authentication Required'))).origin,
    'is not there': 'http://127.0.0.1:1',
    closes: `http://127.0.0.1:${closing}`,
  }[what]!;
  for (const scheme of ['ws', 'wss']) {
    const agent = kept(new HttpsProxyAgent(origin));
    const { events, closed } = dialled(`${scheme}://a.example/`, [], { agent });
    await closed;
    expect(events).toEqual([error, 'close 1006']);
  }
});

test('a tunnel that comes too late is closed', async () => {
  const server = await echoServer();
  let arrive: (late: { finish: () => void; gone: Promise<void> }) => void;
  const arrival = new Promise<Parameters<typeof arrive>[0]>((resolve) => (arrive = resolve));
  const { origin } = await proxyThat((request, client) => {
    const gone = new Promise<void>((resolve) => client.on('close', resolve));
    arrive({ finish: () => open(request, client), gone });
  });
  const { ws, events, closed } = dialled(server.url, [], {
    agent: kept(new HttpsProxyAgent(origin)),
  });
  const late = await arrival;
  ws.terminate();
  await closed;
  late.finish();
  await late.gone;
  expect(events).toEqual(['error WS_ERR_TERMINATED', 'close 1006']);
});

test('an agent may go from ws: to wss: on a redirect', async () => {
  const { port } = await echoServer(issued.valid);
  const redirecting = await answering(({ socket }) => {
    socket.end(`HTTP/1.1 302 Found\r\nLocation: wss://127.0.0.1:${port}/\r\n\r\n`);
  });
  const agent = kept(new HttpsProxyAgent((await proxyThat(open)).origin));
  const options = { agent, followRedirects: true, ca: issued.ca.cert };
  await expectEcho(`ws://127.0.0.1:${redirecting}/`, options);
});

describe('what an agent sees of the request', () => {
  type AddRequest = (request: ClientRequest, options: object) => void;

  /** Looks at the request before it hands it on. */
  function looking(agent: Agent, look: (request: ClientRequest) => void): Agent {
    const given = agent as Agent & { addRequest: AddRequest };
    const addRequest = given.addRequest.bind(agent);
    given.addRequest = (request, options) => {
      look(request);
      addRequest(request, options);
    };
    return kept(agent);
  }

  test('it reads the headers, and changes them', async () => {
    const heads: string[] = [];
    const port = await answering((asked) => {
      heads.push(asked.head);
      asked.socket.write(rightAnswer(asked));
    });
    const read: unknown[] = [];
    const agent = looking(new Agent(), (request) => {
      read.push(request.getHeader('upgrade'), request.getHeader('X-A'), request.getHeader('host'));
      request.setHeader('X-C', 'of the agent');
      request.setHeader('X-B', 'changed');
      request.removeHeader('X-D');
    });
    const headers = { 'X-A': ['1', '2'], 'X-B': 'b', 'x-a': '3', 'X-D': 'd' };
    const { ws } = dialled(`ws://127.0.0.1:${port}/`, [], { agent, headers });
    await nextEvent(ws, 'open');
    expect(read).toEqual(['websocket', ['1', '2', '3'], `127.0.0.1:${port}`]);
    expect(heads[0]).toContain(
      '\r\nX-A: 1\r\nX-A: 2\r\nX-A: 3\r\nX-B: changed\r\nX-C: of the agent\r\n',
    );
    expect(heads[0]).not.toContain('X-D');
    expect(heads[0]).toMatch(/^GET \/ HTTP\/1.1\r\nHost: /);
  });

  test('it changes them while it connects, too', async () => {
    class Signing extends HttpsProxyAgent<string> {
      override async connect(
        ...[request, options]: Parameters<HttpsProxyAgent<string>['connect']>
      ): Promise<Socket> {
        const socket = await super.connect(request, options);
        request.setHeader('X-Signed', `by ${String(request.getHeader('x-name'))}`);
        return socket;
      }
    }
    const heads: string[] = [];
    const port = await answering((asked) => {
      heads.push(asked.head);
      asked.socket.write(rightAnswer(asked));
    });
    const agent = kept(new Signing((await proxyThat(open)).origin));
    const options = { agent, headers: { 'X-Name': 'the agent' } };
    const { ws } = dialled(`ws://127.0.0.1:${port}/`, [], options);
    await nextEvent(ws, 'open');
    expect(heads[0]).toContain('\r\nX-Signed: by the agent\r\n');
  });

  test('what it throws is the reason', async () => {
    const agent = looking(new TlsAgent(), () => {
      throw Object.assign(new Error('not today'), { code: 'E_NOT_TODAY' });
    });
    const { events, closed } = dialled('wss://a.example/', [], { agent });
    await closed;
    expect(events).toEqual(['error E_NOT_TODAY', 'close 1006']);
  });
});
