'use strict';
// An app that gets healthy and dies a few seconds later: the platform must give the traffic back to what served before.
const http = require('node:http');

const port = Number(process.env.PORT ?? 8080);
const secondsToLive = Number(process.env.SECONDS_TO_LIVE ?? 8);

http
  .createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('crashes-in-soak\n');
  })
  .listen(port, () => {
    console.log(`listening on port ${port} for ${secondsToLive} s`);
    setTimeout(() => {
      console.error('out of luck: an unhandled error');
      process.exit(1);
    }, secondsToLive * 1000);
  });
