// Do the contract's tests have teeth? Each mutant removes one rule of job_channel.tolk; the tests must fail on each.
// Run after a build: npm run mutants. MUTANT=3 runs one. The pinned code is not touched.
import { runTolkCompiler } from '@ton/tolk-js';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const source = readFileSync(join(root, 'src', 'contracts', 'job_channel.tolk'), 'utf8');
const tests = process.env.TESTS || join(root, 'artifacts', 'bin', 'CocoonP2P.Tests', 'debug', 'CocoonP2P.Tests');

const inChallenge = 'Challenge => {\n            var s = Storage.load();\n            val t = s.terms.load();\n            assert (s.status == Status.Closing) throw ERR_STATE;\n            ';
const late = 'assert (blockchain.now() < s.closeAt) throw ERR_LATE;\n            ';
const bothOfState = 'assert (isSignatureValid(h, st.workerSig.beginParse(), t.workerKey)) throw ERR_SIG;';
const mutants = [
  ['worker signature of a state not checked', bothOfState, ''],
  ['client signature of a state not checked', 'assert (isSignatureValid(h, st.clientSig.beginParse(), t.clientKey)) throw ERR_SIG;', ''],
  ['worker signature of a receipt not checked', 'assert (isSignatureValid(h, msg.workerSig.beginParse(), t.workerKey)) throw ERR_SIG;\n            s.owed', 's.owed'],
  ['receipt signature not checked', 'assert (isSignatureValid(h, msg.receiptSig.beginParse(), lock.receiptKey)) throw ERR_SIG;', ''],
  ['client signature of a final not checked', 'assert (isSignatureValid(h, msg.clientSig.beginParse(), t.clientKey)) throw ERR_SIG;', ''],
  ['receipt adds the whole total', 's.owed += msg.total - lock.paid;', 's.owed += msg.total;'],
  ['final payment takes its fee from the value', 'SEND_MODE_PAY_FEES_SEPARATELY | SEND_MODE_BOUNCE_ON_ACTION_FAIL', 'SEND_MODE_BOUNCE_ON_ACTION_FAIL'],
  ['settle does not store roots', 's.roots = st.roots;           // its', '// its'],
  ['receipt key 0 allowed', 'assert (lock.receiptKey != 0) throw ERR_LOCK;', ''],
  ['extensions not bounded', '(wanted > s.closeAt) & (s.extensions < MAX_EXTENSIONS)', 'wanted > s.closeAt'],
  ['final without expiry', 'assert (blockchain.now() <= msg.validUntil) throw ERR_LATE;', ''],
  ['final seq not checked', 'assert (msg.seq >= s.seq) throw ERR_STALE;', ''],
  ['epoch is unix time', 's.epoch = blockchain.logicalTime();', 's.epoch = blockchain.now();'],
  ['lock stays after resolve', 'found = locks.deleteAndGetDeleted(msg.jobId);', 'found = locks.get(msg.jobId);'],
  ['start close by anyone', 'assert ((in.senderAddress == p.client) | (in.senderAddress == p.worker)) throw ERR_SENDER;', ''],
  ['top up by anyone', 'assert (in.senderAddress == p.client) throw ERR_SENDER;', ''],
  ['challenge with equal seq', inChallenge + late + 'val st = msg.state.load();\n            checkState(st, s.epoch, t);\n            assert (st.seq > s.seq)', inChallenge + late + 'val st = msg.state.load();\n            checkState(st, s.epoch, t);\n            assert (st.seq >= s.seq)'],
  ['challenge after the close time', inChallenge + late, inChallenge],
  ['resolve after the close time', late + 'val roots', 'val roots'],
  ['lock expiry not checked', 'assert (blockchain.now() <= lock.expiry) throw ERR_LATE;', ''],
  ['cap not checked', '(msg.total <= lock.cap) & (msg.total > lock.paid)', 'msg.total > lock.paid'],
  ['deposit does not cap the end', 'val due = max(min(owed, s.deposit), s.paid) - s.paid;', 'val due = max(owed, s.paid) - s.paid;'],
  ['receipt not bound to epoch', 'epoch: s.epoch,\n                jobId', 'epoch: 0,\n                jobId'],
  ['settle above the deposit', 'assert (st.cumulative <= s.deposit) throw ERR_VALUE;', ''],
  ['owed forgets what was paid', 's.owed = max(st.cumulative, s.paid);', 's.owed = st.cumulative;'],
  ['finish before the close time', 'assert (blockchain.now() >= s.closeAt) throw ERR_EARLY;', ''],
  ['top up keeps a constant', 'max(OP_GAS, calculateGasFee(BASECHAIN, TOP_UP_GAS))', 'OP_GAS'],
  ['clamp keeps a constant', 'max(OP_GAS, calculateGasFee(BASECHAIN, END_GAS) + 2 * calculateForwardFee(BASECHAIN, 1023, 1))', 'OP_GAS'],
  ['failed settlement keeps its value', 'SEND_MODE_CARRY_ALL_REMAINING_MESSAGE_VALUE | SEND_MODE_BOUNCE_ON_ACTION_FAIL', 'SEND_MODE_CARRY_ALL_REMAINING_MESSAGE_VALUE'],
  ['bounced messages change state', 'fun onBouncedMessage(in: InMessageBounced) { }', 'fun onBouncedMessage(in: InMessageBounced) { var s = Storage.load(); s.deposit += 1; s.save(); }'],
  ['payment names the stored seq', 'payOutAndDestroy(s, msg.cumulative, msg.seq,', 'payOutAndDestroy(s, msg.cumulative, s.seq,'],
  ['payment ignores the clamp', 'cumulative: s.paid + pay,', 'cumulative: s.paid + due,'],
  ['library reference as roots', 'val (slice, exotic) = (st.roots as cell).beginParseSpecial();\n    assert (!exotic) throw ERR_CELL;      // a library reference may vanish before the end', 'val slice = (st.roots as cell).beginParse();'],
  ['absurd period accepted', 'assert ((t.challengePeriod >= MIN_PERIOD) & (t.challengePeriod <= MAX_PERIOD)) throw ERR_TERMS;', ''],
  ['unpayable payout accepted', ' & (p.payout.getWorkchain() == BASECHAIN)', ''],
];

async function compile(text) {
  const result = await runTolkCompiler({
    entrypointFileName: 'mutant.tolk',
    fsReadCallback: () => text,
    optimizationLevel: 2,
    withStackComments: false,
  });
  if (result.status === 'error') throw new Error(result.message);
  return result.codeBoc64;
}

function run(code) {
  const env = { ...process.env, JOB_CHANNEL_MUTANT: code };
  const result = spawnSync(tests, ['-noLogo', '-namespace', 'CocoonP2P.Tests.Ton.LocalChain'], { env, encoding: 'utf8' });
  const failed = /Failed: (\d+)/.exec(result.stdout);
  if (!failed) throw new Error(`the tests did not run: ${result.stdout}${result.stderr}`);
  return { failed: Number(failed[1]), first: /\.(\w+)(?:\(.*\))? \[FAIL\]/.exec(result.stdout)?.[1] ?? '' };
}

let survived = 0;
const unchanged = run(await compile(source)).failed;
if (unchanged) throw new Error('the tests fail on the contract as it is');
for (const [i, [name, from, to]] of mutants.entries()) {
  if (process.env.MUTANT !== undefined && Number(process.env.MUTANT) !== i) continue;
  if (source.split(from).length !== 2) throw new Error(`mutant does not apply, or applies twice: ${name}`);
  const { failed, first } = run(await compile(source.replace(from, () => to)));
  if (!failed) survived++;
  console.log(name.padEnd(44), failed ? `caught by ${failed}: ${first}` : 'SURVIVED');
}
console.log(survived ? `${survived} survived` : 'all caught');
process.exit(survived ? 1 : 0);
