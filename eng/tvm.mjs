// Puts the TVM that the local chain runs into artifacts/tvm: emulator.wasm, the glue that names its imports, and a slim
// chain configuration. Its source is LGPL, so nothing of it is committed or shipped: it is installed from the lock file of
// tests/contracts and checked against the pins below. Run by the build of CocoonP2P.Ton.LocalChain, when out of date.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(import.meta.url);
const root = join(dirname(script), '..');
const npmFolder = join(root, 'tests', 'contracts');
const target = join(root, 'artifacts', 'tvm');
const executor = join(npmFolder, 'node_modules', '@ton', 'sandbox', 'dist', 'executor');
const pins = {
  'emulator-emscripten.wasm.js': '898c41ff6fa4cc878bd73643982e84da3ce09c39bed315228070921c1edbee76',
  'emulator-emscripten.js': 'ee63ffb73482fa220b6dcdd42f64aee86b106e12b2a24a80745bf008d965f444',
};
const outputs = ['emulator.wasm', 'emulator.js', 'config.boc.txt'];

// The local chain's own network: under mainnet's -239 a local signature would be good there.
const globalId = -777;
// The prices of June 2026, one by one: the configuration as a whole has a parameter that this emulator refuses.
const prices = {
  18: 'te6cckEBAwEAWQACAUgBAgBM3swAAAAAAAAAAAAAAAEAAAAAAAAB9AAAAAAAAAPoAAAAAAAHoSAAU71Pk/sGY0+T+wAAAAAAAAAAAAAAAAAAAAQ4AAAAAAAAH0AAAAAAAD0JBPXsekg=',
  20: 'te6cckEBAQEATAAAlNEAAAAAAAAAZAAAAAAAD0JA3gAAAAAnEAAAAAAAAAAPQkAAAAAABCwdgAAAAAAAACcQAAAAAAAmJaAAAAAABfXhAAAAAAA7msoAKm2gQw==',
  21: 'te6cckEBAQEATAAAlNEAAAAAAAAAZAAAAAAAABoL3gAAAAAAQqqrAAAAAAAPQkAAAAAAAA9CQAAAAAAAACcQAAAAAACYloAAAAAABfXhAAAAAAA7msoAgyFv5Q==',
  24: 'te6cckEBAQEAIwAAQuoAAAAAAJiWgAAAAAAnEAAAAAAAD0JAAAAAAYAAVVVVVX2jQy8=',
  25: 'te6cckEBAQEAIwAAQuoAAAAAAAEEawAAAAAAQqqrAAAAABoKqqsAAYAAVVVVVXUQ/H0=',
};

const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');
const pinned = () => Object.keys(pins).every(file => existsSync(join(executor, file)) && sha256(readFileSync(join(executor, file))) === pins[file]);

function install() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['ci', '--ignore-scripts', '--legacy-peer-deps', '--omit=optional', '--prefer-offline', '--fetch-retries=5'];
  const run = spawnSync(npm, args, { cwd: npmFolder, encoding: 'utf8', shell: process.platform === 'win32' });
  if (run.error?.code === 'ENOENT') throw new Error('npm was not found. hint: install Node 20 and npm');
  if (run.status !== 0) throw new Error(`npm ci in tests/contracts failed: ${(run.stderr || run.stdout || '').trim().slice(-600)}`);
  if (!pinned()) throw new Error('the emulator that npm installed is not the one pinned in eng/tvm.mjs');
}

function slimConfig() {
  const require = createRequire(join(npmFolder, 'package.json'));
  const { Cell, Dictionary, beginCell } = require('@ton/core');
  const bundled = Cell.fromBase64(require('@ton/sandbox/dist/config/slimConfig').slimConfig);
  const config = bundled.beginParse().loadDictDirect(Dictionary.Keys.Int(32), Dictionary.Values.Cell());
  config.set(19, beginCell().storeInt(globalId, 32).endCell());
  for (const [id, boc] of Object.entries(prices)) config.set(Number(id), Cell.fromBase64(boc));
  return beginCell().storeDictDirect(config).endCell().toBoc().toString('base64');
}

// Written aside, then renamed: a reader never sees half a file.
function put(name, content) {
  const aside = join(target, `${name}.${process.pid}`);
  writeFileSync(aside, content);
  renameSync(aside, join(target, name));
}

// Two projects of one build may get here at once: the second waits, and finds the work done.
async function locked(work) {
  const lock = join(target, 'lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (e) {
      if (e.code !== 'EEXIST') throw e;
    }
    const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
    if (owner > 0 && !alive(owner)) rmSync(lock, { force: true });
    await wait(200);
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return e.code === 'EPERM';
  }
}

function write() {
  const stamp = join(target, 'stamp');
  const wanted = sha256(readFileSync(join(npmFolder, 'package-lock.json')) + readFileSync(script));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && outputs.every(name => existsSync(join(target, name)))) {
    for (const name of outputs) utimesSync(join(target, name), new Date(), new Date());
    return;
  }
  if (!pinned()) install();
  const wasm = readFileSync(join(executor, 'emulator-emscripten.wasm.js'), 'latin1');
  put('emulator.wasm', Buffer.from(wasm.slice(wasm.indexOf("'") + 1, wasm.lastIndexOf("'")), 'base64'));
  put('emulator.js', readFileSync(join(executor, 'emulator-emscripten.js')));
  put('config.boc.txt', slimConfig());
  put('stamp', wanted);
}

try {
  mkdirSync(target, { recursive: true });
  await locked(write);
} catch (e) {
  console.log(e.message);
  process.exit(1);
}
