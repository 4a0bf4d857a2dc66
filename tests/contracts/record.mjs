// Records what the TVM answers in Node to a channel's life, failures included, for the host in C# to give the same answers.
// npm run record; needs artifacts/tvm. Writes tests/vectors/tvm/channel.json.
import core from '@ton/core';
import crypto from '@ton/crypto';
import sandbox from '@ton/sandbox';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { Address, Cell, Dictionary, beginCell, contractAddress, storeMessage, storeShardAccount } = core;
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const config = readFileSync(join(root, 'artifacts', 'tvm', 'config.boc.txt'), 'utf8').trim();
const pinned = readFileSync(join(root, 'src', 'CocoonP2P.Ton', 'Contracts', 'JobChannelCode.cs'), 'utf8');
const code = Cell.fromBase64([...pinned.matchAll(/^ {8}"([^"]+)"/gm)].map(line => line[1]).join(''));

const network = -777;
const start = 1783000000;
const key = byte => crypto.keyPairFromSeed(Buffer.alloc(32, byte));
const named = byte => new Address(0, Buffer.alloc(32, byte));
const [client, worker, enclave] = [key(1), key(2), key(3)];
const parties = beginCell().storeAddress(named(11)).storeAddress(named(12)).storeAddress(named(13)).endCell();
const terms = beginCell().storeBuffer(client.publicKey).storeBuffer(worker.publicKey).storeInt(network, 32).storeUint(1, 64).storeUint(3600, 32).storeRef(parties).endCell();
const roots = (locks, jobs) => beginCell().storeUint(locks, 256).storeUint(jobs, 256).endCell();
const data = beginCell().storeUint(0, 4).storeUint(0, 64).storeCoins(0).storeCoins(0).storeCoins(0).storeUint(0, 64).storeUint(0, 32).storeRef(roots(0n, 0n)).storeRef(terms).endCell();
const init = { code, data };
const address = contractAddress(0, init);

const lt = step => BigInt(step + 1) * 1000000n;
const epoch = lt(0);
const head = tag => beginCell().storeUint(tag, 32).storeInt(network, 32).storeAddress(address).storeUint(epoch, 64);
const signed = (pair, cell) => beginCell().storeBuffer(crypto.sign(cell.hash(), pair.secretKey)).endCell();
const op = tag => beginCell().storeUint(tag, 32).storeUint(1, 64);

function state(seq, cumulative, locks = 0n, second = worker) {
  const body = head(0x4a435301).storeUint(seq, 64).storeCoins(cumulative).storeRef(roots(locks, 5n)).endCell();
  return beginCell().storeUint(seq, 64).storeCoins(cumulative).storeRef(roots(locks, 5n)).storeRef(signed(client, body)).storeRef(signed(second, body)).endCell();
}

const dictionary = Dictionary.empty(Dictionary.Keys.BigUint(64), {
  serialize: (lock, builder) => builder.storeCoins(lock.cap).storeCoins(lock.paid).storeUint(start + 90000, 32).storeBuffer(enclave.publicKey).storeUint(1, 256),
  parse: () => { throw new Error('write only'); },
});
dictionary.set(1n, { cap: 500000000n, paid: 100000000n });
dictionary.set(9n, { cap: 300000000n, paid: 0n });
const locks = beginCell().storeDictDirect(dictionary).endCell();
const locksHash = BigInt(`0x${locks.hash().toString('hex')}`);
const receipt = head(0x4a435302).storeUint(1, 64).storeCoins(400000000n).storeUint(7, 256).endCell();
const resolve = op(0x4a430005).storeUint(1, 64).storeCoins(400000000n).storeUint(7, 256).storeRef(locks).storeRef(signed(enclave, receipt)).storeRef(signed(worker, receipt)).endCell();

const ton = 1000000000n;
const script = [
  ['open', 11, op(0x4a430001).endCell(), 10n * ton, 0],
  ['top up by a stranger', 14, op(0x4a430001).endCell(), ton, 1],
  ['top up', 11, op(0x4a430001).endCell(), ton, 2],
  ['settle', 12, op(0x4a430002).storeRef(state(3, ton)).endCell(), ton / 20n, 60],
  ['settle with one signature', 12, op(0x4a430002).storeRef(state(4, ton, 0n, client)).endCell(), ton / 20n, 61],
  ['settle without enough gas', 12, op(0x4a430002).storeRef(state(5, ton)).endCell(), ton / 10000n, 62],
  ['unknown', 14, beginCell().storeUint(1, 32).storeUint(2, 64).endCell(), ton / 20n, 63],
  ['cut off', 12, beginCell().storeUint(0x4a430002, 32).endCell(), ton / 20n, 64],
  ['gift', 14, Cell.EMPTY, ton / 20n, 65],
  ['start close', 11, op(0x4a430003).storeMaybeRef(null).endCell(), ton / 20n, 100],
  ['challenge', 12, op(0x4a430004).storeRef(state(6, 2n * ton, locksHash)).endCell(), ton / 20n, 200],
  ['resolve', 12, resolve, ton / 20n, 300],
  ['resolve again', 12, resolve, ton / 20n, 301],
  ['finish early', 14, op(0x4a430006).endCell(), ton / 20n, 400],
  ['finish', 14, op(0x4a430006).endCell(), ton / 20n, 7400],
];

const message = (from, body, value, now, deploy) => beginCell().store(storeMessage({
  info: { type: 'internal', ihrDisabled: true, bounce: true, bounced: false, src: named(from), dest: address, value: { coins: value }, ihrFee: 0n, forwardFee: 0n, createdLt: 0n, createdAt: now },
  init: deploy ? init : undefined,
  body,
})).endCell();

const nothing = { addr: address, storage: { lastTransLt: 0n, balance: { coins: 0n }, state: { type: 'uninit' } }, storageStats: { used: { cells: 0n, bits: 0n }, storageExtra: null, lastPaid: 0, duePayment: null } };
let account = beginCell().store(storeShardAccount({ account: nothing, lastTransactionHash: 0n, lastTransactionLt: 0n })).endCell().toBoc().toString('base64');
const executor = await sandbox.Executor.create();
const steps = [];
const first = account;
for (const [step, [name, from, body, value, after]] of script.entries()) {
  const now = start + after;
  const incoming = message(from, body, value, now, step === 0);
  const { result } = await executor.runTransaction({ config, libs: null, verbosity: 'short', shardAccount: account, message: incoming, now, lt: lt(step), randomSeed: Buffer.alloc(32), ignoreChksig: false, debugEnabled: false });
  if (!result.success) throw new Error(`${name}: ${result.error}`);
  account = result.shardAccount;
  const phase = core.loadTransaction(Cell.fromBase64(result.transaction).beginParse()).description.computePhase;
  steps.push({ name, exit: phase.type === 'vm' ? phase.exitCode : null, now, lt: String(lt(step)), message: incoming.toBoc().toString('base64'), transaction: Cell.fromBase64(result.transaction).hash().toString('hex'), account: Cell.fromBase64(account).hash().toString('hex') });
}

writeFileSync(join(root, 'tests', 'vectors', 'tvm', 'channel.json'), `${JSON.stringify({ account: first, steps }, null, 1)}\n`);
console.log(steps.map(s => `${s.name}: ${s.exit}`).join('\n'));
