import express from 'express';

const version = 'express, version 1';
const port = Number(process.env.PORT ?? 8080);

let stopping = false;

const app = express();
app.disable('x-powered-by');
app.use((_request, response, next) => {
  if (stopping) {
    // Tells the edge not to send its next request over this connection.
    response.set('connection', 'close');
  }
  next();
});
app.use(express.json());
app.get('/', (_request, response) => {
  response.type('text/plain').send(`${version}\n`);
});
app.get('/health', (_request, response) => {
  response.json({ status: 'ok' });
});
app.post('/echo', (request, response) => {
  response.json(request.body);
});

const server = app.listen(port, () => console.log(`${version}, listening on port ${port}`));

// The edge keeps connections open between requests. Closing one earlier than the edge does would race with its next request.
server.keepAliveTimeout = 75_000;

// Stops accepting, lets requests in flight finish, then ends by itself once nothing holds it.
process.once('SIGTERM', () => {
  stopping = true;
  server.keepAliveTimeout = 1;
  server.close();
  server.closeIdleConnections();
});
