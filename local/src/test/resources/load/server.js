'use strict';
// What the load suite asks for: a GET, a POST, a stream, a slow answer, a WebSocket. Leaves without dropping any of them.
const http = require('node:http');
const crypto = require('node:crypto');

const GOING_AWAY = Buffer.from([0x88, 0x02, 0x03, 0xe9]);
const sockets = new Set();
let stopping = false;

const answers = {
  // All of it, and then the answer: whoever answers while a body still comes is cut off by the edge now and then (docs/APPS.md).
  '/echo': (request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => response.end(Buffer.concat(parts)));
  },
  '/slow': (request, response) => setTimeout(() => response.end('slow\n'), 5_000),
  '/stream': (request, response) => {
    let lines = 0;
    const timer = setInterval(() => {
      response.write(`line ${++lines}\n`);
      if (lines === 10) {
        clearInterval(timer);
        response.end('end\n');
      }
    }, 300);
  },
};

const server = http.createServer((request, response) => {
  if (stopping) {
    response.setHeader('connection', 'close');
  }
  (answers[request.url] ?? (() => response.end('hello\n')))(request, response);
});
server.keepAliveTimeout = 75_000;

// RFC 6455: short text frames come back, a close is answered.
server.on('upgrade', (request, socket) => {
  const key = request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
  const accept = crypto.createHash('sha1').update(key).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  sockets.add(socket);
  let rest = Buffer.alloc(0);
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 6 && rest.length >= 6 + (rest[1] & 0x7f)) {
      const length = rest[1] & 0x7f;
      const text = Buffer.from(rest.subarray(6, 6 + length).map((byte, i) => byte ^ rest[2 + (i % 4)]));
      const opcode = rest[0] & 0x0f;
      rest = rest.subarray(6 + length);
      if (opcode === 8) {
        socket.end(Buffer.concat([Buffer.from([0x88, length]), text]));
      } else {
        socket.write(Buffer.concat([Buffer.from([0x81, length]), text]));
      }
    }
  });
  socket.on('close', () => sockets.delete(socket));
  socket.on('error', () => sockets.delete(socket));
  if (stopping) {
    socket.write(GOING_AWAY);
  }
});

server.listen(process.env.PORT, () => console.log('listening'));

// What is in flight ends by itself; who holds a WebSocket is told that this one goes away and answers with a close.
process.once('SIGTERM', () => {
  stopping = true;
  server.keepAliveTimeout = 1;
  server.close();
  server.closeIdleConnections();
  sockets.forEach((socket) => socket.write(GOING_AWAY));
});
