// Writes tests/vectors/ton/*.json with @ton/core and @ton/crypto, the oracles of CocoonP2P.Ton. Deterministic: the same
// versions give the same files, so a second run leaves no difference.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import {
  Address, Builder, Cell, Dictionary, SendMode, beginCell, convertToMerkleProof, external, internal, serializeTuple,
  storeMessage, storeMessageRelaxed, storeOutList, storeStateInit,
} from "@ton/core";
import { keyPairFromSeed, mnemonicToPrivateKey, mnemonicValidate, sign } from "@ton/crypto";
import { Blockchain, createShardAccount } from "@ton/sandbox";
import { L, P, add, base, challenge, encode, identity, littleEndian, times, torsion } from "./curve.mjs";

const folder = new URL("../vectors/ton/", import.meta.url);
mkdirSync(folder, { recursive: true });

// A stream of bytes from a seed: SHA-256 in counter mode.
function source(seed) {
  let counter = 0;
  let pool = Buffer.alloc(0);
  const bytes = (n) => {
    while (pool.length < n) {
      pool = Buffer.concat([pool, createHash("sha256").update(`${seed}/${counter++}`).digest()]);
    }
    const taken = pool.subarray(0, n);
    pool = pool.subarray(n);
    return taken;
  };
  const below = (n) => bytes(6).readUIntBE(0, 6) % n;
  return { bytes, below, pick: (list) => list[below(list.length)] };
}

const hex = (buffer) => buffer.toString("hex");
const write = (name, value) => writeFileSync(new URL(name, folder), JSON.stringify(value, null, 1) + "\n");
const boc = (cell, opts = { idx: false, crc32: true }) => cell.toBoc(opts).toString("base64");

function randomCell(random, depth) {
  const bits = random.pick([0, 1, 7, 8, 9, 255, 256, 1016, 1017, 1023, random.below(1024)]);
  const builder = beginCell();
  for (let i = 0; i < bits; i++) builder.storeBit(random.below(2));
  const refs = depth === 0 ? 0 : random.below(5);
  let shared = null;
  for (let i = 0; i < refs; i++) {
    shared = shared && random.below(3) === 0 ? shared : randomCell(random, depth - 1);
    builder.storeRef(shared);
  }
  return builder.endCell();
}

function cells() {
  const random = source("cells");
  const list = [];
  for (let i = 0; i < 60; i++) {
    const cell = randomCell(random, i % 4);
    list.push({
      hash: hex(cell.hash()), depth: cell.depth(), bits: cell.bits.length,
      plain: boc(cell, { idx: false, crc32: false }), crc: boc(cell), index: boc(cell, { idx: true, crc32: true }),
    });
  }
  write("cells.json", list);
}

function fields() {
  const random = source("fields");
  const list = [];
  for (let i = 0; i < 60; i++) {
    const bits = 1 + random.below(256);
    const uint = BigInt("0x" + hex(random.bytes(32))) >> BigInt(256 - bits);
    const int = uint - (1n << BigInt(bits - 1));
    const coins = BigInt("0x" + hex(random.bytes(15))) >> BigInt(random.below(120));
    const skew = random.below(8);
    const address = random.below(4) === 0 ? null : new Address(random.pick([0, -1]), random.bytes(32));
    const cell = beginCell().storeUint(0, skew).storeUint(uint, bits).storeInt(int, bits).storeCoins(coins)
      .storeAddress(address).endCell();
    list.push({
      skew, bits, uint: uint.toString(), int: int.toString(), coins: coins.toString(),
      address: address && address.toRawString(), cell: boc(cell),
    });
  }
  write("fields.json", list);
}

function dictionaries() {
  const random = source("dictionaries");
  const list = [];
  for (let i = 0; i < 60; i++) {
    const width = random.pick([1, 2, 8, 13, 16, 32, 64, 128, 256]);
    const dictionary = Dictionary.empty(Dictionary.Keys.BigUint(width), Dictionary.Values.BigUint(32));
    const entries = {};
    const dense = random.below(2) === 0;
    for (let n = random.below(40); n >= 0; n--) {
      const wide = BigInt("0x" + hex(random.bytes(32))) & ((1n << BigInt(width)) - 1n);
      const key = dense ? wide & 31n : random.below(4) === 0 ? 0n : wide;
      const value = random.below(2 ** 32);
      dictionary.set(key, BigInt(value));
      entries[key.toString()] = value;
    }
    const root = beginCell().storeDictDirect(dictionary).endCell();
    list.push({ width, entries, root: boc(root) });
  }
  write("dictionaries.json", list);
}

function addresses() {
  const random = source("addresses");
  const list = [];
  for (let i = 0; i < 20; i++) {
    const address = new Address(random.pick([0, -1]), random.bytes(32));
    const form = (bounceable, testOnly) => address.toString({ bounceable, testOnly, urlSafe: true });
    list.push({
      raw: address.toRawString(), bounceable: form(true, false), wallet: form(false, false),
      testBounceable: form(true, true), testWallet: form(false, true),
      standardAlphabet: address.toString({ urlSafe: false }),
    });
  }
  write("addresses.json", list);
}

function messages() {
  const random = source("messages");
  const list = [];
  for (let i = 0; i < 40; i++) {
    const to = new Address(0, random.bytes(32));
    const body = randomCell(random, random.below(3));
    const init = random.below(2) === 0 ? { code: randomCell(random, 1), data: randomCell(random, 0) } : null;
    const value = BigInt(random.below(10 ** 12));
    const bounce = random.below(2) === 0;
    const inside = beginCell().store(storeMessageRelaxed(internal({ to, value, bounce, init, body }))).endCell();
    const outside = beginCell().store(storeMessage(external({ to, init, body }))).endCell();
    const normalized = beginCell().storeUint(2, 2).storeUint(0, 2).storeAddress(to).storeUint(0, 4).storeBit(0).storeBit(1)
      .storeRef(body).endCell();
    list.push({
      to: to.toRawString(), value: value.toString(), bounce, body: boc(body), code: init && boc(init.code),
      data: init && boc(init.data), stateInit: init && hex(beginCell().store(storeStateInit(init)).endCell().hash()),
      internal: hex(inside.hash()), external: hex(outside.hash()), normalized: hex(normalized.hash()),
    });
  }
  write("messages.json", list);
}

function randomItem(random, depth) {
  switch (random.below(depth > 0 ? 8 : 6)) {
    case 0: return { type: "null" };
    case 1: return { type: "int", value: (BigInt("0x" + hex(random.bytes(32))) >> BigInt(random.below(256))) - 5n };
    case 2: return { type: "nan" };
    case 3: return { type: "cell", cell: randomCell(random, 1) };
    case 4: return { type: "slice", cell: randomCell(random, 1) };
    case 5: return { type: "builder", cell: randomCell(random, 0) };
    default: return { type: "tuple", items: Array.from({ length: random.below(6) }, () => randomItem(random, depth - 1)) };
  }
}

function plainItem(item) {
  switch (item.type) {
    case "int": return { type: "int", value: item.value.toString() };
    case "tuple": return { type: "tuple", items: item.items.map(plainItem) };
    case "null": case "nan": return item;
    default: return { type: item.type, cell: boc(item.cell) };
  }
}

function stacks() {
  const random = source("stacks");
  const list = [];
  for (let i = 0; i < 30; i++) {
    const items = Array.from({ length: random.below(5) }, () => randomItem(random, 3));
    list.push({ items: items.map(plainItem), cell: boc(serializeTuple(items)) });
  }
  write("stacks.json", list);
}

function exotic() {
  const random = source("exotic");
  const list = [];
  const add = (cell) => list.push({
    hashes: [0, 1, 2, 3].map((level) => hex(cell.hash(level))), depths: [0, 1, 2, 3].map((level) => cell.depth(level)),
    level: cell.level(), boc: boc(cell),
  });
  const library = beginCell().storeUint(2, 8).storeBuffer(random.bytes(32)).endCell({ exotic: true });
  add(library);
  const pruned = (mask) => {
    const builder = beginCell().storeUint(1, 8).storeUint(mask, 8);
    const count = mask.toString(2).replaceAll("0", "").length;
    for (let i = 0; i < count; i++) builder.storeBuffer(random.bytes(32));
    for (let i = 0; i < count; i++) builder.storeUint(random.below(500), 16);
    return builder.endCell({ exotic: true });
  };
  // The oracle reads one hash a level, also of levels that the mask leaves out: only masks without gaps can be compared.
  for (const mask of [1, 3, 7]) {
    const branch = pruned(mask);
    add(branch);
    const parent = beginCell().storeUint(mask, 9).storeRef(branch).storeRef(library).storeRef(pruned(1)).endCell();
    add(parent);
    add(convertToMerkleProof(parent));
  }
  for (let i = 0; i < 8; i++) {
    const before = beginCell().storeUint(i, 32).storeRef(pruned(1)).storeRef(randomCell(random, 2)).endCell();
    const after = beginCell().storeUint(i + 1, 32).storeRef(pruned(1)).endCell();
    const update = beginCell().storeUint(4, 8).storeBuffer(before.hash(0)).storeBuffer(after.hash(0))
      .storeUint(before.depth(0), 16).storeUint(after.depth(0), 16).storeRef(before).storeRef(after)
      .endCell({ exotic: true });
    add(update);
    add(beginCell().storeRef(update).storeRef(convertToMerkleProof(beginCell().storeRef(pruned(3)).endCell())).endCell());
  }
  write("exotic.json", list);
}

async function mnemonics() {
  const random = source("mnemonics");
  const { wordlist } = await import("@ton/crypto/dist/mnemonic/wordlist.js").then((m) => m.default ?? m);
  const list = [];
  let tried = 0;
  for (let valid = 0; valid < 3;) {
    const words = Array.from({ length: 24 }, () => wordlist[random.below(2048)]);
    const good = await mnemonicValidate(words);
    if (good || tried++ < 3) {
      list.push({ words: words.join(" "), valid: good, key: good ? hex((await mnemonicToPrivateKey(words)).publicKey) : null });
      valid += good ? 1 : 0;
    }
  }
  list.push({ words: Array(24).fill("abandon").join(" "), valid: await mnemonicValidate(Array(24).fill("abandon")), key: null });
  for (let found = false; !found;) {
    const words = Array.from({ length: 24 }, () => wordlist[random.below(2048)]);
    found = await mnemonicValidate(words, "correct horse");
    if (found) {
      const key = (await mnemonicToPrivateKey(words, "correct horse")).publicKey;
      list.push({ words: words.join(" "), password: "correct horse", valid: true, key: hex(key) });
      list.push({ words: words.join(" "), password: "wrong horse", valid: await mnemonicValidate(words, "wrong horse"), key: null });
      list.push({ words: words.join(" "), valid: await mnemonicValidate(words), key: null });
    }
  }
  write("mnemonics.json", list);
}

// Orders of wallet v5r1 and v4r2, laid out by hand from their TL-B.
function wallets() {
  const random = source("wallets");
  const list = [];
  for (const count of [1, 2, 4, 255]) {
    const seed = random.bytes(32);
    const key = keyPairFromSeed(seed);
    const to = new Address(0, random.bytes(32));
    const mode = SendMode.PAY_GAS_SEPARATELY | SendMode.IGNORE_ERRORS;
    const outMsg = (n) => internal({ to, value: BigInt(n + 1), bounce: true, body: beginCell().storeUint(n, 32).endCell() });
    const actions = Array.from({ length: count }, (_, n) => ({ type: "sendMsg", mode, outMsg: outMsg(n) }));
    const signed = (builder, front) => {
      const signature = sign(builder.endCell().hash(), key.secretKey);
      return front ? new Builder().storeBuffer(signature).storeBuilder(builder).endCell()
        : new Builder().storeBuilder(builder).storeBuffer(signature).endCell();
    };
    const v5 = signed(beginCell().storeUint(0x7369676e, 32).storeInt(-777 ^ -0x80000000, 32).storeUint(1_800_000_000, 32)
      .storeUint(7, 32).storeMaybeRef(beginCell().store(storeOutList(actions)).endCell()).storeBit(0), false);
    let v4 = null;
    if (count <= 4) {
      const order = beginCell().storeInt(698983191, 32).storeUint(1_800_000_000, 32).storeUint(7, 32).storeUint(0, 8);
      for (const action of actions) {
        order.storeUint(mode, 8).storeRef(beginCell().store(storeMessageRelaxed(action.outMsg)));
      }
      v4 = signed(order, true);
    }
    list.push({ seed: hex(seed), to: to.toRawString(), count, v5: hex(v5.hash()), v4: v4 && hex(v4.hash()) });
  }
  write("wallets.json", list);
}

// Signatures at the edges, each with the verdict of CHKSIGNU on the real TVM.
async function signatures() {
  const random = source("signatures");
  const list = [];
  const chain = await Blockchain.create();
  const address = new Address(0, random.bytes(32));
  const code = beginCell().storeUint(0xff0030f910, 40).endCell(); // SETCP0 DROP CHKSIGNU
  await chain.setShardAccount(address, createShardAccount({ address, code, data: new Cell(), balance: 10n ** 9n }));
  const record = async (what, key, hash, signature) => {
    const result = await chain.runGetMethod(address, 0, [
      { type: "int", value: BigInt("0x" + hex(hash)) }, { type: "slice", cell: beginCell().storeBuffer(signature).endCell() },
      { type: "int", value: BigInt("0x" + hex(key)) },
    ]);
    list.push({ what, key: hex(key), hash: hex(hash), signature: hex(signature), tvm: result.stackReader.readNumber() !== 0 });
  };
  const secret = 123456789n;
  const crafted = async (what, keyPoint, commitmentPoint, extra = 0n) => {
    const hash = random.bytes(32);
    const nonce = BigInt(random.below(2 ** 40)) + 1n;
    const commitment = encode(commitmentPoint(nonce));
    const k = challenge(commitment, encode(keyPoint), hash);
    await record(what, encode(keyPoint), hash, Buffer.concat([commitment, littleEndian(((nonce + k * secret) % L) + extra)]));
  };
  const honestKey = times(secret, base);
  const honest = (nonce) => times(nonce, base);
  for (let i = 0; i < 4; i++) await crafted("honest", honestKey, honest);
  for (let i = 0; i < 16; i++) await crafted("key with torsion", add(honestKey, torsion), honest);
  for (let i = 0; i < 4; i++) await crafted("commitment with torsion", honestKey, (nonce) => add(honest(nonce), torsion));
  for (let i = 0; i < 8; i++) await crafted("both with torsion", add(honestKey, torsion), (nonce) => add(honest(nonce), torsion));
  for (let i = 0; i < 2; i++) await crafted("number not reduced", honestKey, honest, L);
  for (let order = 0n; order < 8n; order++) {
    const small = times(order, torsion);
    for (const commitment of [encode(identity), encode(small)]) {
      await record("key of small order", encode(small), random.bytes(32), Buffer.concat([commitment, littleEndian(0n)]));
    }
  }
  for (const spelled of [littleEndian(P + 1n), littleEndian(1n | (1n << 255n)), littleEndian(P), littleEndian(P - 1n)]) {
    await record("key spelled otherwise", spelled, random.bytes(32), Buffer.concat([encode(identity), littleEndian(0n)]));
    await record("commitment spelled otherwise", encode(honestKey), random.bytes(32), Buffer.concat([spelled, littleEndian(5n)]));
  }
  await record("not a point", littleEndian(2n), random.bytes(32), Buffer.concat([littleEndian(2n), littleEndian(5n)]));
  write("signatures.json", list);
}

cells();
fields();
dictionaries();
addresses();
messages();
stacks();
exotic();
await mnemonics();
wallets();
await signatures();
