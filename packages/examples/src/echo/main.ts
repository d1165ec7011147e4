/** The first steps of the README: a server that sends back what it receives, and a client. */
import { startClient } from '../readme/client';
import { startEchoServer } from '../readme/echo-server';
import { show } from '../support/show';

show(startEchoServer, async (url) => {
  await startClient(url).closed;
});
