import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany, generateText, isStepCount, Output, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { assert, apiKey, baseURL, embedder, failures, model, poorKey, run } from './feature.mjs';

globalThis.AI_SDK_LOG_WARNINGS = false;
const provider = createOpenAICompatible({ name: 'cocoon', baseURL, apiKey, includeUsage: true, supportsStructuredOutputs: true });
const quiet = { maxRetries: 0, model: provider(model) };
const after = isStepCount ?? stepCountIs;

let asked;
const tools = {
  weather: tool({
    description: 'Says how it is.',
    inputSchema: z.object({ city: z.string() }),
    execute: ({ city }) => ((asked = city), 'sunny'),
  }),
};

async function status(options, using = quiet.model) {
  try {
    await generateText({ ...quiet, ...options, model: using });
  } catch (e) {
    return e.statusCode;
  }
  return 200;
}

await run('ai', {
  async chat() {
    const { text, usage } = await generateText({ ...quiet, prompt: 'good day', temperature: 0, seed: 7 });
    assert.equal(text, 'You said: good day');
    assert.equal(usage.outputTokens, 4);
  },
  async stream() {
    const result = streamText({ ...quiet, prompt: 'good day' });
    let text = '';
    for await (const piece of result.textStream) {
      text += piece;
    }
    assert.equal(text, 'You said: good day');
    assert.equal((await result.usage).outputTokens, 4);
  },
  async tools() {
    const { text } = await generateText({ ...quiet, prompt: 'rain?', tools, stopWhen: after(3) });
    assert.equal(text, 'The tool says: "sunny"'.replaceAll('"', ''));
    assert.equal(asked, 'Paris, the "city"');
  },
  async 'streamed tools'() {
    const result = streamText({ ...quiet, prompt: 'rain?', tools, toolChoice: 'required' });
    await result.consumeStream();
    assert.equal((await result.toolCalls)[0].input.city, 'Paris, the "city"');
  },
  async structured() {
    const schema = z.object({ name: z.string(), age: z.number().int() });
    const { output } = await generateText({ ...quiet, prompt: 'who?', output: Output.object({ schema }) });
    assert.deepEqual(output, { name: 'Ada', age: 36 });
  },
  async stop() {
    const { text, finishReason } = await generateText({ ...quiet, prompt: 'one two', stopSequences: [' two'] });
    assert.equal(text, 'You said: one');
    assert.equal(finishReason, 'stop');
  },
  async completions() {
    const { text } = await generateText({ maxRetries: 0, model: provider.completionModel(model), prompt: 'a' });
    assert.match(text, /^You said: /);
  },
  async embeddings() {
    const { embeddings } = await embedMany({ model: provider.embeddingModel(embedder), values: ['cat', 'dog'], maxRetries: 0 });
    assert.equal(embeddings.length, 2);
    assert.ok(Math.abs(Math.hypot(...embeddings[0]) - 1) < 1e-5);
  },
  async errors() {
    for (const [prompt, expected] of Object.entries(failures)) {
      assert.equal(await status({ prompt }), expected, prompt);
    }
    const as = (key) => createOpenAICompatible({ name: 'cocoon', baseURL, apiKey: key })(model);
    assert.equal(await status({ prompt: 'x' }, as('nobody')), 401);
    assert.equal(await status({ prompt: 'x' }, as(poorKey)), 403);
  },
  async cancel() {
    const abort = new AbortController();
    const result = streamText({ ...quiet, prompt: 'endless', abortSignal: abort.signal });
    let count = 0;
    for await (const _ of result.textStream) {
      if (++count === 5) {
        abort.abort();
      }
    }
    assert.ok(count >= 5);
  },
});
