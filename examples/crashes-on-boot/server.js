'use strict';
// An app that ends before it listens: the platform must say with which code, and what it printed last.
console.error('cannot start: DATABASE_HOST is not set');
process.exit(3);
