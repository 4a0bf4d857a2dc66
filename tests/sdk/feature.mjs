// Runs the features of one client against a node and prints a line for each: what the C# test reads.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

export { assert };
export const [baseURL, apiKey, poorKey, model, embedder] = process.argv.slice(2);

export function version(name) {
  return JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url))).version;
}

export async function run(client, features) {
  for (const [feature, test] of Object.entries(features)) {
    let error = null;
    try {
      await test();
    } catch (e) {
      error = `${e.name}: ${e.message}`;
    }
    console.log(JSON.stringify({ client, version: version(client), feature, error }));
  }
}

// Every class of failure that a client can meet before an answer begins: what the prompt asks for, and the status.
export const failures = {
  'fail usage': 400,
  'fail insufficient-funds': 402,
  'fail unknown-model': 404,
  'fail too-large': 413,
  'fail busy': 429,
  'fail failed': 500,
  'fail attestation-refused': 502,
  'fail no-worker': 503,
  'fail timeout': 504,
};

export const weather = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
