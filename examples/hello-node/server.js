'use strict';
// An app without dependencies: answers its version, says that it is healthy, and leaves without dropping a request.
const http = require('node:http');

const version = process.env.GREETING ?? 'hello from version 1';
const port = Number(process.env.PORT ?? 8080);

let stopping = false;

const server = http.createServer((request, response) => {
  if (stopping) {
    // Tells the edge not to send its next request over this connection.
    response.setHeader('connection', 'close');
  }
  const healthy = request.url === '/health';
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(healthy ? 'ok\n' : `${version}\n`);
});

// The edge keeps connections open between requests. Closing one earlier than the edge does would race with its next request.
server.keepAliveTimeout = 75_000;

server.listen(port, () => console.log(`${version}, listening on port ${port}`));

// Stops accepting, lets requests in flight finish, then ends by itself once nothing holds it.
process.once('SIGTERM', () => {
  console.log('asked to stop, finishing what is in flight');
  stopping = true;
  server.keepAliveTimeout = 1;
  server.close();
  server.closeIdleConnections();
});
