'use strict';
// An app that runs and answers, and says on its health path that it is not well: it must never get traffic.
const http = require('node:http');

const port = Number(process.env.PORT ?? 8080);

const server = http.createServer((request, response) => {
  const asked = request.url === '/health';
  response.writeHead(asked ? 500 : 200, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(asked ? 'the database is not reachable\n' : 'never-healthy\n');
});
server.listen(port, () => console.log(`listening on port ${port}, unhealthy on purpose`));
process.once('SIGTERM', () => server.close(() => process.exit(0)));
