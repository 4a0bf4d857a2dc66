// Compiles the contracts of src/contracts and writes code and hash where the wrappers find them.
// `npm run compile` writes; `npm run check` only compares, and fails when the committed code is not what the source gives.
import { runTolkCompiler } from '@ton/tolk-js';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const sources = join(root, 'src', 'contracts');
const target = join(root, 'src', 'CocoonP2P.Ton', 'Contracts');
const contracts = [{ file: 'job_channel.tolk', type: 'JobChannelCode', name: 'JobChannel' }];

async function compile(file) {
  const result = await runTolkCompiler({
    entrypointFileName: file,
    fsReadCallback: path => readFileSync(join(sources, path), 'utf8'),
    optimizationLevel: 2,
    withStackComments: false,
  });
  if (result.status === 'error') throw new Error(`${file}: ${result.message}`);
  return result;
}

function render({ file, type, name }, { codeBoc64, codeHashHex }) {
  const lines = codeBoc64.match(/.{1,100}/g).map(line => `        "${line}"`);
  return `namespace CocoonP2P.Ton.Contracts;

/// <summary>The compiled ${name} contract, pinned: a channel's address is the hash of this code and its terms.</summary>
/// <remarks>Written by 'npm run compile' in tests/contracts from src/contracts/${file}; 'npm run check' compares.</remarks>
internal static class ${type}
{
    /// <summary>Hash of the code's root cell, lower-case hex.</summary>
    public const string HashHex = "${codeHashHex.toLowerCase()}";

    /// <summary>The code as a bag of cells, base64.</summary>
    public const string BocBase64 =
${lines.join(' +\n')};
}
`;
}

const check = process.argv.includes('--check');
let stale = 0;
for (const contract of contracts) {
  const result = await compile(contract.file);
  const path = join(target, `${contract.type}.cs`);
  const text = render(contract, result);
  const same = existsSync(path) && readFileSync(path, 'utf8') === text;
  if (!check && !same) {
    mkdirSync(target, { recursive: true });
    writeFileSync(path, text);
  }
  if (check && !same) stale++;
  const bytes = Buffer.from(result.codeBoc64, 'base64').length;
  const verdict = same ? 'unchanged' : check ? 'STALE: npm run compile' : 'written';
  console.log(`${contract.file}: ${bytes} bytes, code hash ${result.codeHashHex.toLowerCase()}, ${verdict}`);
}
process.exit(stale ? 1 : 0);
