// Runs one function of the .gs files in a folder, as Apps Script would: the files share one scope,
// and UrlFetchApp, Utilities and Logger are there. Small: only what the examples use.
//
//   node run.js FOLDER FUNCTION

const { spawnSync } = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const http = require('http');
const path = require('path');
const vm = require('vm');

/** The child's part: one exchange, told on stdin, answered on stdout. */
function exchange() {
  const { url, method, headers, payload } = JSON.parse(fs.readFileSync(0, 'utf8'));
  const request = http.request(url, { method, headers }, (response) => {
    const parts = [];
    response.on('data', (part) => parts.push(part));
    response.on('end', () => {
      const named = {};
      for (let i = 0; i < response.rawHeaders.length; i += 2) {
        named[response.rawHeaders[i]] = response.rawHeaders[i + 1];
      }
      const text = Buffer.concat(parts).toString('utf8');
      process.stdout.write(JSON.stringify({ code: response.statusCode, headers: named, text }));
    });
  });
  request.on('error', () => process.exit(1));
  request.end(payload);
}

/** Synchronous, as at Google; throws where the real one throws. */
function fetch(url, options) {
  const known = ['method', 'contentType', 'payload', 'muteHttpExceptions', 'headers'];
  const unknown = Object.keys(options).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    throw new Error(`UrlFetchApp knows no option ${unknown}`);
  }
  const headers = Object.assign({ 'Content-Type': options.contentType }, options.headers);
  const input = JSON.stringify({
    url, headers, method: (options.method || 'get').toUpperCase(), payload: options.payload,
  });
  const child = spawnSync(process.execPath, [__filename, '--exchange'], { input, encoding: 'utf8' });
  if (child.status !== 0) {
    throw new Error(`Address unavailable: ${url}`);
  }
  const answer = JSON.parse(child.stdout);
  if (answer.code >= 400 && !options.muteHttpExceptions) {
    throw new Error(`Request failed for ${url} returned code ${answer.code}`);
  }
  return {
    getResponseCode: () => answer.code,
    getContentText: () => answer.text,
    getHeaders: () => answer.headers,
  };
}

function run(folder, name) {
  const scope = vm.createContext({
    UrlFetchApp: { fetch },
    Utilities: {
      getUuid: () => crypto.randomUUID(),
      sleep: (millis) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis),
    },
    Logger: { log: (value) => console.log(String(value)) },
  });
  fs.readdirSync(folder).filter((file) => file.endsWith('.gs')).sort().forEach((file) => {
    vm.runInContext(fs.readFileSync(path.join(folder, file), 'utf8'), scope, { filename: file });
  });
  vm.runInContext(`${name}()`, scope);
}

if (process.argv[2] === '--exchange') {
  exchange();
} else {
  run(process.argv[2], process.argv[3]);
}
